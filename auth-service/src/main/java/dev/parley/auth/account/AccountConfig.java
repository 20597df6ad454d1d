package dev.parley.auth.account;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Set;

/// Who may have an account, and under which names.
@ConfigMapping(prefix = "parley.account")
public interface AccountConfig {

    /// Whether anybody may register. Default `open`; `closed` answers 403 `registration_closed`.
    @WithDefault("open")
    Registration registration();

    /// Usernames that nobody gets, in lower case: names of roles that people would trust, and of parts of URLs.
    /// Fewer: somebody may pose as the operator. More: people do not get their name.
    @WithDefault("admin,administrator,root,system,support,help,security,abuse,postmaster,webmaster,hostmaster,"
            + "moderator,operator,staff,official,parley,server,service,bot,everyone,here,channel,all,me,self,"
            + "null,undefined,deleted,anonymous,unknown,noreply,no-reply,auth,chat,internal,docs")
    Set<String> reservedUsernames();

    enum Registration {
        OPEN,
        CLOSED
    }
}
