package dev.parley.client.connection;

/// A listener that is called until this is closed; closing twice is no error.
public interface Registration extends AutoCloseable {

    @Override
    void close();
}
