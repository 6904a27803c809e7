-- Small things that the servers on one database keep in common until their time is over, such as the key by which each
-- of them knows what another has given to a client to keep.
CREATE TABLE mcp_shelf (
    name text PRIMARY KEY,
    content bytea NOT NULL,
    ends timestamptz NOT NULL
);
