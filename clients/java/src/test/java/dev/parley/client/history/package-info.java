/// Random histories: people send, programs are restarted, the network and the server do their worst, and in the end
/// nothing is lost, nothing is there twice, and everybody saw the same.
@NullMarked
package dev.parley.client.history;

import org.jspecify.annotations.NullMarked;
