package dev.parley.embedded;

import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import jakarta.mail.internet.MimeMessage;

/// A recipient whose mail goes nowhere: the catcher has kept it already, and GreenMail's mailboxes only ever grow.
record Nobody(String address) implements GreenMailUser {

    @Override
    public String getEmail() {
        return address;
    }

    @Override
    public String getLogin() {
        return address;
    }

    @Override
    public String getPassword() {
        return "";
    }

    @Override
    public String getQualifiedMailboxName() {
        return address;
    }

    @Override
    public void deliver(MovingMessage message) {
        // Kept by the catcher.
    }

    @Override
    public void deliver(MimeMessage message) {
        // Kept by the catcher.
    }

    @Override
    public void create() {
        // There is no mailbox.
    }

    @Override
    public void delete() {
        // There is no mailbox.
    }

    @Override
    public void setPassword(String password) {
        // Nobody logs in.
    }

    @Override
    public void authenticate(String password) {
        // Nobody is turned away.
    }
}
