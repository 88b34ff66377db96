/**
 * Not API: may change in any release. Files on their way to the helpdesk.
 */
@NullMarked
package io.github.desk365mcp.tools.internal.attachments;

import org.jspecify.annotations.NullMarked;
