-- Links in mails. The token is made from the id with a key that is not in this database; used ones are deleted.
create table one_time_tokens (
    id uuid constraint one_time_tokens_pk primary key,
    account_id uuid not null constraint one_time_tokens_account_exists references accounts (id) on delete cascade,
    purpose text not null,
    -- Where the link was sent to.
    email text not null,
    hash bytea not null constraint one_time_tokens_hash_unique unique,
    expires_at timestamptz(3) not null,
    constraint one_time_tokens_purpose_known check (purpose in ('RESET_PASSWORD', 'VERIFY_EMAIL')),
    constraint one_time_tokens_hash_is_sha256 check (octet_length(hash) = 32)
);

create index one_time_tokens_by_account on one_time_tokens (account_id);
create index one_time_tokens_by_expiry on one_time_tokens (expires_at);

-- Mails that still have to be sent; a sent one is deleted.
create table mails (
    id uuid constraint mails_pk primary key,
    kind text not null,
    recipient text not null,
    account_id uuid constraint mails_account_exists references accounts (id) on delete cascade,
    token_id uuid constraint mails_token_exists references one_time_tokens (id) on delete cascade,
    created_at timestamptz(3) not null,
    attempts integer not null default 0,
    next_attempt_at timestamptz(3) not null
);

create index mails_by_next_attempt on mails (next_attempt_at);
create index mails_by_account on mails (account_id);
create index mails_by_token on mails (token_id);
