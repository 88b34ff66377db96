/**
 * Not API: may change in any release. The state of one account: its client, rate limit and vocabulary.
 */
@NullMarked
package io.github.desk365mcp.tools.internal.account;

import org.jspecify.annotations.NullMarked;
