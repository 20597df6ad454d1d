/// What all who write or read the streams have to agree on: how many partitions there are. Start reading at
/// [dev.parley.kit.stream.StreamsConfig]; [dev.parley.kit.stream.PartitionAgreement] notices who does not.
/// It knows no stream's contents.
@NullMarked
package dev.parley.kit.stream;

import org.jspecify.annotations.NullMarked;
