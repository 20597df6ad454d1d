package dev.parley.gateway.feed;

import dev.parley.model.internal.Heads.MembershipChange;
import java.util.List;

/// Wants to know who came into rooms and who left them, as heads tell it.
public interface MembershipListener {

    /// Each change comes several times, in rounds that overlap, and in no order. Any thread.
    void changed(List<MembershipChange> changes);

    /// Changes may have been missed for good, some perhaps a second from now. Any thread.
    void lost();
}
