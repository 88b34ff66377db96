package io.github.desk365mcp.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolTest {

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    private static long files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> String.valueOf(file.getFileName()).matches("desk365-.*\\.spool"))
                    .count();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16_384, 1_048_575, 1_048_576, 1_048_577, 3_000_000})
    void length_and_hash_are_known_and_the_bytes_can_be_read_again_and_again(int length) throws Exception {
        byte[] bytes = random(length);
        try (Spool spool = Spool.of(stream(bytes), length)) {
            assertThat(spool.length()).isEqualTo(length);
            assertThat(spool.sha256())
                    .isEqualTo(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
            Attachment file = spool.attachment("a", "a/b");
            assertThat(file.length()).isEqualTo(length);
            for (int i = 0; i < 2; i++) {
                try (InputStream in = file.source().open()) {
                    assertThat(in.readAllBytes()).isEqualTo(bytes);
                }
            }
            try (InputStream in = file.source().open()) {
                assertThat(in.read()).isEqualTo(length == 0 ? -1 : bytes[0] & 0xff);
            }
        }
    }

    @Test
    void a_file_is_there_only_for_what_is_large_and_only_until_it_is_closed() throws IOException {
        long before = files();
        Spool spool = Spool.of(stream(random(2_000_000)), Long.MAX_VALUE);
        Attachment file = spool.attachment("a", "a/b");
        try (InputStream in = file.source().open()) {
            assertThat(in.read()).isNotNegative();
        }
        if (System.getProperty("os.name").equals("Linux")) {
            assertThat(files())
                    .as("it has no name, so a killed process leaves none")
                    .isEqualTo(before);
        }
        spool.close();
        spool.close();

        assertThat(files()).isEqualTo(before);
        assertThatThrownBy(() -> file.source().open().read()).isInstanceOf(IOException.class);
    }

    @Test
    void an_interrupt_of_one_reader_closes_the_file_for_nobody() throws IOException {
        byte[] bytes = random(2_000_000);
        try (Spool spool = Spool.of(stream(bytes), bytes.length)) {
            Attachment file = spool.attachment("a", "a/b");
            Thread.currentThread().interrupt();
            try (InputStream in = file.source().open()) {
                assertThat(in.read()).isEqualTo(bytes[0] & 0xff);
            } finally {
                assertThat(Thread.interrupted()).as("still interrupted").isTrue();
            }
            try (InputStream in = file.source().open()) {
                assertThat(in.readAllBytes()).isEqualTo(bytes);
            }
        }
    }

    @Test
    void nothing_is_left_of_a_stream_that_breaks_or_is_too_long() throws IOException {
        long before = files();
        InputStream breaks = new SequenceInputStream(stream(random(2_000_000)), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("broken");
            }
        });
        InputStream throwing = new SequenceInputStream(stream(random(2_000_000)), new InputStream() {
            @Override
            public int read() {
                throw new IllegalStateException("broken");
            }
        });

        assertThatThrownBy(() -> Spool.of(breaks, Long.MAX_VALUE)).hasMessage("broken");
        assertThatThrownBy(() -> Spool.of(throwing, Long.MAX_VALUE)).hasMessage("broken");
        assertThatThrownBy(() -> Spool.of(stream(random(2_000_001)), 2_000_000))
                .isInstanceOf(Spool.TooLargeException.class)
                .hasMessage("the stream has more than 2000000 bytes");
        assertThat(files()).isEqualTo(before);
    }
}
