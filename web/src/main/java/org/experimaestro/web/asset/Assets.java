package org.experimaestro.web.asset;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.Request;
import org.experimaestro.web.http.Response;
import org.experimaestro.web.http.SecurityHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The built page. Its files are those that the build has listed, so no path leads anywhere else. Each view has an
 * address, which the page itself reads: all of them are answered with the same document. Thread-safe.
 */
public final class Assets {
    /** The resource that lists the files of the page, a path on each line. */
    static final String LIST = "files.txt";

    private static final String FOLDER = "/page/";
    private static final String DOCUMENT = "index.html";
    private static final String BEGIN = "<html lang=\"en\">";
    /** The begin of the document for a workspace of another host, which the page reads (OpenService.tsx). */
    private static final String FAR_BEGIN = "<html lang=\"en\" data-far>";

    private static final String BUILT = "assets";
    private static final String API = "api";

    private final Map<String, Asset> files;
    private final Asset document;

    private Assets(Map<String, Asset> files, Asset document) {
        this.files = files;
        this.document = document;
    }

    /**
     * Reads the page from this module's resources.
     *
     * @param isFar whether the workspace is on another host; the page knows it from its document, and from no answer
     * @return the page
     * @throws IOException if the page was not built
     */
    public static Assets load(boolean isFar) throws IOException {
        Map<String, Asset> files = new LinkedHashMap<>();
        String list = new String(read(LIST), StandardCharsets.UTF_8);
        for (String name : list.lines().filter(line -> !line.isBlank()).toList()) {
            files.put(name, Asset.of(name, read(name)));
        }
        byte[] document = read(DOCUMENT);
        return new Assets(files, Asset.of(DOCUMENT, isFar ? far(document) : document));
    }

    private static byte[] far(byte[] document) throws IOException {
        String text = new String(document, StandardCharsets.UTF_8);
        if (!text.contains(BEGIN)) {
            throw new IOException("The document of the page does not have " + BEGIN);
        }
        return text.replace(BEGIN, FAR_BEGIN).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] read(String name) throws IOException {
        try (@Nullable InputStream in = Assets.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new FileNotFoundException(
                        "The page has no " + name + ": build it with npm run build in web/page");
            }
            return in.readAllBytes();
        }
    }

    /**
     * Answers a request for a file or for a view.
     *
     * @param request the request
     * @return the file, or the document of the page for a path that is no file's
     * @throws HttpProblem if a file of the build is missing, as after an update of the program
     */
    public Response answer(Request request) {
        List<String> path = request.path();
        Asset file = files.get(String.join("/", path));
        if (!path.isEmpty() && path.getFirst().equals(API)) {
            throw HttpProblem.notFound(
                    "There is nothing at /" + String.join("/", path) + ": the resources of the API begin with /api/1/");
        }
        if (file == null && !path.isEmpty() && path.getFirst().equals(BUILT)) {
            throw HttpProblem.notFound("There is no such file of the page: load the page again");
        }
        boolean isNamedByContent = file != null && path.getFirst().equals(BUILT);
        return (file == null ? document : file)
                .respond(request)
                .with(SecurityHeaders.POLICY, SecurityHeaders.PAGE)
                .with("cache-control", isNamedByContent ? "private, max-age=31536000, immutable" : "no-cache");
    }
}
