package io.github.desk365mcp.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The Java in a page of the documentation, and its copy in a test that compiles it. */
public final class JavaBlocks {

    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private JavaBlocks() {}

    /** Returns the blocks of a page. */
    public static List<String> of(Path page) throws IOException {
        return BLOCK.matcher(Files.readString(page))
                .results()
                .map(block -> block.group(1).strip())
                .toList();
    }

    /** Returns the imports of a block. */
    public static List<String> imports(String block) {
        return block.lines().filter(line -> line.startsWith("import ")).toList();
    }

    /** Returns a block without its imports. */
    public static String withoutImports(String block) {
        return block.lines()
                .filter(line -> !line.startsWith("import "))
                .collect(Collectors.joining("\n"))
                .strip();
    }

    /** Returns the code between comments that begin with a mark and those with the mark and "end". */
    public static List<String> compiled(Path test, String mark) throws IOException {
        return Pattern.compile("// " + mark + "[ \\w]*\n(.*?)[ ]*// " + mark + " end", Pattern.DOTALL)
                .matcher(Files.readString(test))
                .results()
                .map(example -> example.group(1).stripTrailing().stripIndent())
                .toList();
    }
}
