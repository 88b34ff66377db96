/**
 * What the API answers, as read-only views, and what it takes, as write-only inputs.
 *
 * <p>Views extend {@link io.github.desk365mcp.api.JsonDocument}: one method a field, {@code null} where the service
 * sent nothing. Inputs send only what was set. Words that an account defines (statuses, types, groups, categories) are
 * strings; closed codes are enums on the way in, and on the way out an enum beside the raw code, null when it is new.
 */
@NullMarked
package io.github.desk365mcp.api.model;

import org.jspecify.annotations.NullMarked;
