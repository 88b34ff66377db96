package io.github.desk365mcp.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** A browser without scripts, for the approval page: it keeps cookies and submits forms. Follows no redirects. */
final class PageClient {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final URI page;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    /** @param page the address of the approval page */
    PageClient(String page) {
        this.page = URI.create(page);
    }

    /** What the server answered, with the page as it is read by a browser. */
    record Answer(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        Document page() {
            return Jsoup.parse(response.body());
        }

        String text() {
            return page().text();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    PageClient signIn(String token) throws Exception {
        Answer answer = post("/sign-in", Map.of("token", token));
        if (answer.status() != 303) {
            throw new IOException("not signed in: " + answer.text());
        }
        return this;
    }

    /** Gets a path relative to the page, or a whole address. */
    Answer get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = request(path);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** Submits a form, as a browser does: with its own origin. */
    Answer post(String path, Map<String, String> fields) throws Exception {
        return post(path, fields, "Origin", page.getScheme() + "://" + page.getRawAuthority());
    }

    Answer post(String path, Map<String, String> fields, String... headers) throws Exception {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** Opens a page, presses a button of it, and returns the page that comes then. */
    Answer press(String path, String button, Map<String, String> typed) throws Exception {
        return get(address(submit(path, button, typed).header("Location")));
    }

    /** Opens a page, presses a button of it, and returns the answer to the form. */
    Answer submit(String path, String button, Map<String, String> typed) throws Exception {
        Answer shown = get(path);
        for (Element form : shown.page().select("form")) {
            if (form.select("button").eachText().contains(button)) {
                Map<String, String> fields = new LinkedHashMap<>();
                form.select("input[type=hidden]").forEach(input -> fields.put(input.attr("name"), input.val()));
                fields.putAll(typed);
                return post(address(form.attr("action")), fields);
            }
        }
        throw new IOException("no button " + button + ": " + shown.text());
    }

    /** Returns the path of the first waiting call with this title. */
    String call(String title) throws Exception {
        Element link = get("/").page().select(".calls a").stream()
                .filter(one -> one.text().equals(title))
                .findFirst()
                .orElseThrow(() -> new IOException(title + " does not wait"));
        return address(link.attr("href"));
    }

    Map<String, String> cookies() {
        return cookies;
    }

    private String address(String path) {
        return page.resolve(path).toString();
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(path.startsWith("http") ? URI.create(path) : URI.create(page + path));
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return request;
    }

    private Answer send(HttpRequest.Builder request) throws Exception {
        Answer answer = new Answer(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        for (String cookie : answer.response().headers().allValues("Set-Cookie")) {
            String[] pair = cookie.split(";")[0].split("=", 2);
            if (pair[1].isEmpty()) {
                cookies.remove(pair[0]);
            } else {
                cookies.put(pair[0], pair[1]);
            }
        }
        return answer;
    }
}
