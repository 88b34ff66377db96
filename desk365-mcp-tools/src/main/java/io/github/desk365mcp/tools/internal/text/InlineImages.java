package io.github.desk365mcp.tools.internal.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/**
 * Names the images of a body that the service stores: {@code inline-1.png}, {@code inline-2.jpg} and so on in the order
 * of the HTML, hidden and quoted ones included, so a name means the same image in every format.
 */
public final class InlineImages {

    /** The attribute that has the name. {@link HtmlTags} removes it from untrusted HTML. */
    static final String NAME = "data-name";

    /** The most images to name; more are likely logos and spacers. */
    private static final int MOST = 50;

    private static final Pattern ENDING = Pattern.compile("(?i)\\.(png|jpe?g|gif|webp|bmp|svg|tiff?)(?:[?#]|$)");

    private static final Pattern NAMED = Pattern.compile("inline-\\d{1,2}(\\.(png|jpe?g|gif|webp|bmp|svg|tiff?))?");

    private InlineImages() {}

    /** An image and its link. */
    public record Image(String name, String link) {}

    /**
     * Returns the images of a body.
     *
     * @param served whether an image can be read from this link
     */
    public static List<Image> in(String html, Predicate<String> served) {
        return PlainBody.isHtml(html) ? name(HtmlBody.parse(html), served) : List.of();
    }

    /** Names the images of a parsed body. */
    static List<Image> name(Element parsed, Predicate<String> served) {
        Map<String, Image> images = new LinkedHashMap<>();
        for (Element element : parsed.getElementsByTag("img")) {
            String link = element.attr("src").strip();
            if (link.isEmpty() || isTiny(element) || images.size() >= MOST && !images.containsKey(link)) {
                continue;
            }
            if (images.containsKey(link) || served.test(link)) {
                Image image = images.computeIfAbsent(
                        link, same -> new Image("inline-" + (images.size() + 1) + ending(same), same));
                element.attr(NAME, image.name());
            }
        }
        return List.copyOf(images.values());
    }

    /** Whether a file's name is one that this class gives, so that nobody outside has chosen it. */
    public static boolean isName(String name) {
        return NAMED.matcher(name).matches();
    }

    /** Whether an image, frame or video is too small to be seen: it only counts readers. */
    static boolean isTiny(Element element) {
        return isTiny(element.attr("width")) || isTiny(element.attr("height"));
    }

    private static boolean isTiny(String pixels) {
        return pixels.equals("0") || pixels.equals("1");
    }

    private static String ending(String link) {
        Matcher ending = ENDING.matcher(link);
        return ending.find() ? "." + Ascii.lower(ending.group(1)) : "";
    }
}
