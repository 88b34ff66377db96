package io.github.desk365mcp.tools.internal.attachments;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.TestFiles;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files made to use up memory, read by a process with a heap of 200 MB. */
class FilesInSmallHeapTest {

    private static final int HALF_A_GIGABYTE = 500_000_000;

    @TempDir
    private Path folder;

    /** Reads files, and prints what it says about each. */
    static final class Reader {

        private Reader() {}

        public static void main(String[] files) throws IOException {
            for (String file : files) {
                long started = System.nanoTime();
                ReadFile read = FileReader.read(
                        Files.readAllBytes(Path.of(file)),
                        RecordFile.at(file, Path.of(file).getFileName().toString()));
                long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
                System.out.println(millis + " ms: " + read.facts().get("notice"));
            }
        }
    }

    @Test
    void half_a_gigabyte_is_left_out_with_a_sentence_wherever_it_is() throws Exception {
        List<String> files = List.of(
                write("page.pdf", TestFiles.pdfBomb(HALF_A_GIGABYTE)),
                write("objects.pdf", objects()),
                write("pieces.pdf", TestFiles.pdfOfPieces(40, 15_000_000)),
                write("letters.pdf", TestFiles.pdf("x".repeat(300_000))),
                write("good.pdf", TestFiles.pdf("Invoice 4711")));

        List<String> said = said(files);

        assertThat(said).hasSize(files.size());
        assertThat(said.subList(0, 4))
                .allSatisfy(line -> assertThat(line).contains("Parts of the PDF that are too large were not read."));
        assertThat(said.get(4)).endsWith("ms: null");
    }

    @Test
    void mails_of_many_levels_and_of_millions_of_parts_are_read() throws Exception {
        StringBuilder levels = new StringBuilder();
        for (int level = 0; level < 10; level++) {
            levels.append("Content-Type: multipart/mixed; boundary=b")
                    .append(level)
                    .append("\n\n--b")
                    .append(level);
            levels.append('\n');
        }
        levels.append("Content-Type: application/zip; name=a.zip\n\n");
        String line = "x".repeat(75) + '\n';
        String deep = levels + line.repeat(20_000_000 / line.length());
        String parts = "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n.\n".repeat(20_000_000 / 6);

        List<String> said = said(List.of(
                Files.writeString(folder.resolve("deep.eml"), deep).toString(),
                Files.writeString(folder.resolve("parts.eml"), parts).toString()));

        assertThat(said)
                .satisfiesExactly(
                        one -> assertThat(one).endsWith("ms: null"),
                        other -> assertThat(other).endsWith("ms: Only the first 200 parts of the mail were read."));
    }

    @Test
    void an_image_of_sixteen_bits_a_color_is_read() throws Exception {
        assertThat(said(List.of(write("deep.png", TestFiles.deepPng(6_271)))))
                .singleElement()
                .asString()
                .endsWith("ms: Scaled from 6271 x 6271 to 1568 x 1568.");
    }

    private String write(String name, byte[] bytes) throws IOException {
        assertThat(bytes).hasSizeLessThan(12_000_000);
        return Files.write(folder.resolve(name), bytes).toString();
    }

    /** Without a table of objects, PDFBox looks into each list of objects. */
    private static byte[] objects() throws IOException {
        byte[] deflated = TestFiles.deflated(HALF_A_GIGABYTE);
        ByteArrayOutputStream pdf = new ByteArrayOutputStream();
        pdf.write(("%PDF-1.7\n1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length " + deflated.length
                        + ">>\nstream\n")
                .getBytes(ISO_8859_1));
        pdf.write(deflated);
        pdf.write("\nendstream\nendobj\ntrailer\n<</Root 2 0 R>>\n%%EOF\n".getBytes(ISO_8859_1));
        return pdf.toByteArray();
    }

    private List<String> said(List<String> files) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx200m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                Reader.class.getName()));
        command.addAll(files);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean hasEnded = process.waitFor(120, TimeUnit.SECONDS);
        process.destroyForcibly();
        String text = Files.readString(output, UTF_8);
        System.out.print(text);
        assertThat(hasEnded).as(text).isTrue();
        return text.lines().filter(line -> line.matches("\\d+ ms: .*")).toList();
    }

    /** The tests may run on the module path. */
    private static String classPath() {
        return Stream.of(
                        System.getProperty("java.class.path", ""),
                        System.getProperty("jdk.module.path", ""),
                        Path.of("target", "classes").toString(),
                        Path.of("target", "test-classes").toString())
                .filter(path -> !path.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
