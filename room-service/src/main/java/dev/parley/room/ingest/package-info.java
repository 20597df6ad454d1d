/// Takes what gateways put into the `ingest` streams, in batches, and stores it through the one writer.
/// Start reading at [dev.parley.room.ingest.PartitionLoop]: one loop a partition, any number of replicas in one
/// consumer group. It owns delivery (claims, retries, poison, acknowledgement); it must not know tables.
@NullMarked
package dev.parley.room.ingest;

import org.jspecify.annotations.NullMarked;
