/** A sandbox for the tests of a class, with JUnit 5. JUnit is an optional dependency: your tests have it already. */
@NullMarked
package io.github.desk365mcp.sandbox.junit;

import org.jspecify.annotations.NullMarked;
