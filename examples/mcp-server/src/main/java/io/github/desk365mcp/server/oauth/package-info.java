/** Checks the access tokens of an OAuth 2.1 authorization server. It does not depend on an HTTP server. */
@NullMarked
package io.github.desk365mcp.server.oauth;

import org.jspecify.annotations.NullMarked;
