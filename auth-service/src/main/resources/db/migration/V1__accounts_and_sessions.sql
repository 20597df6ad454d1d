create table accounts (
    id uuid constraint accounts_pk primary key,
    username text constraint accounts_username_unique unique,
    display_name text,
    email text,
    email_verified boolean not null default false,
    password_hash text,
    -- Grows with every change that others see; receivers keep the newest.
    version bigint not null,
    created_at timestamptz(3) not null,
    erased_at timestamptz(3),
    constraint accounts_username_form check (username ~ '^[a-z][a-z0-9._-]{2,31}$'),
    constraint accounts_display_name_length check (char_length(display_name) between 1 and 64),
    constraint accounts_email_lower_case check (email = lower(email)),
    constraint accounts_email_verified_exists check (email is not null or not email_verified),
    constraint accounts_version_positive check (version > 0),
    -- An erased account keeps its id and nothing of the person.
    constraint accounts_present_or_erased check (
        case when erased_at is null
            then username is not null and display_name is not null and password_hash is not null
            else username is null and display_name is null and password_hash is null and email is null
        end
    )
);

-- Anybody may claim an address; only one account can have proved it.
create unique index accounts_verified_email_unique on accounts (email) where email_verified;
create index accounts_by_email on accounts (email);

create table sessions (
    id uuid constraint sessions_pk primary key,
    account_id uuid not null constraint sessions_account_exists references accounts (id) on delete cascade,
    device_name text,
    created_at timestamptz(3) not null,
    last_used_at timestamptz(3) not null,
    -- Moves with use, up to a fixed age.
    expires_at timestamptz(3) not null,
    ended_at timestamptz(3),
    constraint sessions_device_name_length check (char_length(device_name) <= 100),
    constraint sessions_used_after_creation check (last_used_at >= created_at)
);

create index sessions_by_account on sessions (account_id);
create index sessions_by_expiry on sessions (expires_at);

-- The chain of refresh tokens of a session, of which only hashes are kept. The successor of a spent token can be
-- made again from the token itself, with a key that is not in this database.
create table refresh_tokens (
    hash bytea constraint refresh_tokens_pk primary key,
    session_id uuid not null constraint refresh_tokens_session_exists references sessions (id) on delete cascade,
    issued_at timestamptz(3) not null,
    spent_at timestamptz(3),
    constraint refresh_tokens_hash_is_sha256 check (octet_length(hash) = 32),
    constraint refresh_tokens_spent_after_issue check (spent_at >= issued_at)
);

create unique index refresh_tokens_one_unspent_per_session on refresh_tokens (session_id) where spent_at is null;
create index refresh_tokens_by_session on refresh_tokens (session_id);
