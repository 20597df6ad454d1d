/// Who sends what to whom. Start reading at [dev.parley.load.workload.Workload]; a workload says which sockets
/// there are and who sends, [dev.parley.load.workload.Run] paces and measures.
@NullMarked
package dev.parley.load.workload;

import org.jspecify.annotations.NullMarked;
