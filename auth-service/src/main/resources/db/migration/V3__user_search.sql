-- Prefixes, whatever the database's collation is.
create index accounts_by_username_prefix on accounts (username text_pattern_ops);
create index accounts_by_display_name_prefix on accounts (lower(display_name) text_pattern_ops);
