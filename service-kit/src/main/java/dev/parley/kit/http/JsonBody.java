package dev.parley.kit.http;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The endpoint takes JSON and nothing else (415). Unlike `@Consumes`, which is looked at before anybody knows who is
/// calling, this lets a 401 go first, as the contract has it: for endpoints that want a bearer.
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface JsonBody {}
