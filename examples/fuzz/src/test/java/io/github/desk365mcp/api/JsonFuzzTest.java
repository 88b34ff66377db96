package io.github.desk365mcp.api;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

class JsonFuzzTest {
    @FuzzTest
    void reads(byte[] input) {
        try {
            JsonDocument.parse(new String(input, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
        }
    }
}
