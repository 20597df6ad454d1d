package dev.parley.room.ingest;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How the ingest streams are consumed.
@ConfigMapping(prefix = "parley.ingest")
interface IngestConfig {

    /// Entries held by a partition's loop, read but not yet acknowledged. Default: 64. Higher: more to take over
    /// when the process dies; lower: smaller batches under load.
    @WithDefault("64")
    int entries();

    /// Commands in one transaction. Default: 500. Higher: longer locks on the batch's rooms; lower: more commits.
    /// One entry is never divided.
    @WithDefault("500")
    int batchCommands();

    /// Bytes of content in one transaction. Default: 1 MiB. Higher: more memory and longer transactions; lower:
    /// more commits. One entry is never divided.
    @WithDefault("1M")
    MemorySize batchBytes();

    /// How far apart the moments are at which all partitions fetch when 1,000 messages a second or more come. When
    /// fewer come they are nearer, and below 250 a second nothing waits. Default: 20 ms. Higher: a message waits
    /// longer in a busy replica; lower: smaller batches, and more processor time a message everywhere.
    /// Zero: nothing ever waits.
    @WithDefault("20MS")
    Duration gather();

    /// Transactions under way at once; what comes meanwhile goes together into the next. Default: 2. Higher:
    /// smaller batches; lower: one that is slow holds up all partitions of the replica.
    @WithDefault("2")
    int transactions();

    /// How long a read waits for entries. Default: 2 s. Higher: a slower stop; lower: more idle traffic.
    @WithDefault("2S")
    Duration block();

    /// How long an entry is left to the consumer that read it before another one claims it. Default: 10 s, above what
    /// a living consumer needs between two batches, where it renews what it holds: 1 s for its turn, 2 s for a
    /// connection, 5 s for a transaction (its time-out), and one for Redis; and above `max-back-off`.
    /// Higher: after a kill -9 senders wait longer for their ack; lower: work of living consumers is
    /// done twice, which stores nothing twice.
    @WithDefault("10S")
    Duration minIdle();

    /// How often a loop looks for entries to claim. Default: 1 s. Higher: later take-over; lower: more idle traffic.
    @WithDefault("1S")
    Duration claimInterval();

    /// How long an entry whose room another transaction holds is passed over before the loop waits for the room.
    /// Default: 500 ms. Higher: a hot room's entries may wait longer; lower: one slow room holds up its partition.
    @WithDefault("500MS")
    Duration patience();

    /// The longest pause between attempts while Redis or PostgreSQL is away; the first is 50 ms. Default: 2 s.
    /// Higher: later recovery; lower: more load on a server that is struggling.
    @WithDefault("2S")
    Duration maxBackOff();

    /// Entries kept of those set aside, for each partition. Default: 1000. Higher: more memory; lower: the oldest
    /// evidence is lost sooner.
    @WithDefault("1000")
    int rejectedLength();

    /// Roughly how many entries a `reply` stream keeps. Default: 10000. Higher: more memory for a gateway that does
    /// not read; lower: it asks again for what it missed.
    @WithDefault("10000")
    int replyLength();

    /// How long a `reply` stream outlives its last entry. Default: 120 s. Higher: more memory for gateways that are
    /// gone; lower: a gateway that is cut off for a moment asks again.
    @WithDefault("120S")
    Duration replyExpiry();

    /// How long a consumer with nothing pending is silent before it is removed from the group. Default: 1 h.
    /// Higher: more names of dead processes; lower: no harm above a few blocks.
    @WithDefault("1H")
    Duration consumerExpiry();
}
