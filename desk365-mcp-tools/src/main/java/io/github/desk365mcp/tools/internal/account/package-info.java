/**
 * Not API: may change in any release. What is known of one account: its client, its calls, its vocabulary.
 */
@NullMarked
package io.github.desk365mcp.tools.internal.account;

import org.jspecify.annotations.NullMarked;
