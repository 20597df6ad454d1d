-- The name of an erased account is never given again, though the account does not keep it.
create table retired_usernames (
    hash bytea constraint retired_usernames_pk primary key,
    constraint retired_usernames_hash_is_sha256 check (octet_length(hash) = 32)
);

create function retire_username() returns trigger language plpgsql as $$
begin
    insert into retired_usernames (hash) values (sha256(convert_to(old.username, 'UTF8')));
    return null;
end $$;

create trigger accounts_retire_username after update of username on accounts
    for each row when (old.username is not null and new.username is null)
    execute function retire_username();

-- After the insert: by then a concurrent erasure of the same name has ended, and is seen.
create function refuse_retired_username() returns trigger language plpgsql as $$
begin
    if exists (select from retired_usernames where hash = sha256(convert_to(new.username, 'UTF8'))) then
        -- Worded as PostgreSQL words it, since Hibernate reads the constraint's name out of the message.
        raise unique_violation using
            constraint = 'accounts_username_unique',
            message = 'duplicate key value violates unique constraint "accounts_username_unique"';
    end if;
    return null;
end $$;

create trigger accounts_refuse_retired_username after insert or update of username on accounts
    for each row when (new.username is not null)
    execute function refuse_retired_username();
