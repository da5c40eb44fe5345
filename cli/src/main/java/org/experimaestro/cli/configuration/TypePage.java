package org.experimaestro.cli.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.experimaestro.base.text.VisibleText;
import org.experimaestro.monitor.type.ParameterInfo;
import org.experimaestro.monitor.type.TypeInfo;

/**
 * A web page about configuration types: one HTML file that loads nothing else, for a browser, a wiki or an archive. A
 * parameter whose type is described links to it. All text of the types is escaped, because they may be those of
 * other people.
 */
final class TypePage {
    private static final Pattern NAME = Pattern.compile("[\\p{javaJavaIdentifierStart}][\\p{javaJavaIdentifierPart}]*");

    private final List<TypeInfo> types;
    /** The type ids by simple class name; empty for a name that several types have. */
    private final Map<String, String> links = new HashMap<>();

    /**
     * Creates a page.
     *
     * @param types the types, in the order of the page
     */
    TypePage(List<TypeInfo> types) {
        this.types = types;
        types.forEach(type -> links.merge(type.simpleName(), type.typeId(), (first, second) -> ""));
    }

    /**
     * Writes the page.
     *
     * @param out receives its lines
     */
    void write(Consumer<String> out) {
        out.accept("<!DOCTYPE html>");
        out.accept("<html lang=\"en\">");
        out.accept("<head>");
        out.accept("<meta charset=\"utf-8\"/>");
        out.accept("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>");
        out.accept("<title>Configuration types</title>");
        out.accept("<style>");
        style().lines().forEach(out);
        out.accept("</style>");
        out.accept("</head>");
        out.accept("<body>");
        out.accept("<nav aria-label=\"Types\">");
        writeList(out, "Tasks", true);
        writeList(out, "Configurations", false);
        out.accept("</nav>");
        out.accept("<main>");
        out.accept("<h1>Configuration types</h1>");
        types.forEach(type -> write(type, out));
        out.accept("</main>");
        out.accept("</body>");
        out.accept("</html>");
    }

    private static String style() {
        try (InputStream in = TypePage.class.getResourceAsStream("types.css")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException damaged) {
            throw new IllegalStateException("Cannot read types.css of our own jar", damaged);
        }
    }

    private void writeList(Consumer<String> out, String heading, boolean tasks) {
        List<TypeInfo> listed =
                types.stream().filter(type -> type.isTask() == tasks).toList();
        if (listed.isEmpty()) {
            return;
        }
        out.accept("<h3>" + heading + "</h3>");
        out.accept("<ul>");
        for (TypeInfo type : listed) {
            out.accept("<li>" + link(type.typeId(), escape(type.typeId())) + "</li>");
        }
        out.accept("</ul>");
    }

    private void write(TypeInfo type, Consumer<String> out) {
        out.accept("<section id=\"" + escape(type.typeId()) + "\">");
        out.accept("<h2>" + escape(type.typeId()) + "</h2>");
        out.accept("<p class=\"note\">The " + TypeTexts.kind(type) + " <code>" + escape(type.className())
                + "</code>, version " + type.version() + "</p>");
        if (!type.description().isBlank()) {
            out.accept("<p>" + escape(type.description()) + "</p>");
        }
        if (type.parameters().isEmpty()) {
            out.accept("<p>It has no parameters.</p>");
        } else {
            out.accept("<table>");
            out.accept("<tr><th scope=\"col\">Parameter</th><th scope=\"col\">Type</th>"
                    + "<th scope=\"col\">Value and meaning</th></tr>");
            type.parameters().forEach(parameter -> write(parameter, out));
            out.accept("</table>");
        }
        out.accept("</section>");
    }

    private void write(ParameterInfo parameter, Consumer<String> out) {
        StringBuilder meaning = new StringBuilder();
        String value = TypeTexts.value(parameter).strip();
        if (!value.isEmpty()) {
            meaning.append("<code>").append(escape(value)).append("</code>");
        }
        if (!parameter.description().isBlank()) {
            meaning.append("<p>").append(escape(parameter.description())).append("</p>");
        }
        for (String limit : TypeTexts.limits(parameter)) {
            meaning.append("<p class=\"note\">").append(escape(limit)).append("</p>");
        }
        out.accept("<tr><th scope=\"row\"><code>" + escape(parameter.name()) + "</code></th><td><code>"
                + linked(parameter.type()) + "</code></td><td>" + meaning + "</td></tr>");
    }

    /** Returns the name of a type with links for the described types in it, such as the parts of a list. */
    private String linked(String type) {
        StringBuilder text = new StringBuilder();
        Matcher name = NAME.matcher(type);
        int end = 0;
        while (name.find()) {
            text.append(escape(type.substring(end, name.start())));
            String target = links.getOrDefault(name.group(), "");
            text.append(target.isEmpty() ? escape(name.group()) : link(target, escape(name.group())));
            end = name.end();
        }
        return text.append(escape(type.substring(end))).toString();
    }

    /** Returns a link within the page. A type id needs no encoding: it has only characters that a URL may have. */
    private static String link(String typeId, String text) {
        return "<a href=\"#" + escape(typeId) + "\">" + text + "</a>";
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char c : VisibleText.lines(text).toCharArray()) {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
