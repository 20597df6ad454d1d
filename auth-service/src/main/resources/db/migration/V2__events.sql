-- What the other services must hear of. Rows refer to accounts and sessions and hold nothing of a person;
-- names are read when an event is sent, so an old event never brings back an erased one.
create table events (
    n bigint constraint events_pk primary key,
    account_id uuid not null constraint events_account_exists references accounts (id) on delete cascade,
    -- Null: the account changed. Else the session that ended.
    session_id uuid,
    created_at timestamptz(3) not null
);

create index events_by_age on events (created_at);

-- One row. Whoever appends holds it until the commit, so numbers are dense and in commit order.
create table event_counter (
    only_one boolean constraint event_counter_pk primary key default true,
    last_n bigint not null,
    constraint event_counter_only_one check (only_one)
);

insert into event_counter (last_n) values (0);
