package org.experimaestro.web.export;

import java.io.FileNotFoundException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.experimaestro.base.text.VisibleText;
import org.jspecify.annotations.Nullable;

/**
 * The page around the data of an export. Its policy lets the one script and the one style run, by their digests, and loads
 * nothing. The data are compressed, in an element that no browser runs. Immutable.
 *
 * @param script the built script
 * @param style the built style
 */
record ExportPage(String script, String style) {
    private static final String FOLDER = "/export/";
    private static final String ICON =
            "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 20'%3E%3Cpath d='M3 15.5V6.2L10 11l7-7.5v12'"
                    + " fill='none' stroke='%235b45c9' stroke-width='2.4'/%3E%3C/svg%3E";

    /**
     * Reads the page from this module's resources.
     *
     * @throws IOException if the page was not built
     */
    static ExportPage load() throws IOException {
        return new ExportPage(read("export.js"), read("export.css"));
    }

    private static String read(String name) throws IOException {
        try (@Nullable InputStream in = ExportPage.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new FileNotFoundException(
                        "The page of exports has no " + name + ": build it with npm run build in web/page");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Writes the file: first what a reader sees at once, then the data, then the script that reads them. */
    void write(OutputStream out, ExportHead head, ExportData data) throws IOException {
        String name = head.run().experiment() + "/" + head.run().run();
        text(out, """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta http-equiv="Content-Security-Policy" content="%s">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <meta name="referrer" content="no-referrer">
                <link rel="icon" href="%s">
                <title>%s</title>
                <style>%s</style>
                </head>
                <body>
                <div id="page">
                <main class="inset"><h1>%s</h1>
                <p>A copy of %s, made from %s on %s. It is being unpacked.</p>
                <noscript>This file needs JavaScript, which it has within it: nothing is loaded.</noscript></main>
                </div>
                <script type="application/octet-stream" id="data">""".formatted(
                        policy(),
                        ICON,
                        escaped(name),
                        style,
                        escaped(name),
                        escaped(head.at().toString()),
                        escaped(head.workspace()),
                        escaped(head.host())));
        try (OutputStream packed = new GZIPOutputStream(Base64.getEncoder().wrap(new Kept(out)), 1 << 16)) {
            data.write(packed, head);
        }
        text(out, "</script>\n<script>" + script + "</script>\n</body>\n</html>\n");
        out.flush();
    }

    private String policy() {
        return "default-src 'none'; script-src 'sha256-" + digest(script) + "'; style-src 'sha256-" + digest(style)
                + "'; img-src data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'";
    }

    private static String digest(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }

    /** Returns a text that is no markup, and whose invisible characters are seen. */
    private static String escaped(String text) {
        return VisibleText.of(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A stream that stays open when the one around it is closed. */
    private static final class Kept extends FilterOutputStream {
        Kept(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            out.flush();
        }
    }
}
