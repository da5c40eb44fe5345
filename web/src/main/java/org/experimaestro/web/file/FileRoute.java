package org.experimaestro.web.file;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.web.api.Monitored;
import org.experimaestro.web.api.SideSubject;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.Request;
import org.experimaestro.web.http.Response;
import org.experimaestro.web.http.SecurityHeaders;
import org.experimaestro.workspace.SideKind;

/** The handler of {@code GET /api/1/jobs/{type}/{id}/files/{path...}}: a file of a job, or a part of it. */
public final class FileRoute {
    private FileRoute() {}

    /**
     * Answers a request for a file.
     *
     * @param monitored the workspace
     * @param request the request, whose header {@code Range} may ask for a part
     * @param path the segments {@code type}, {@code id} and {@code path}
     * @return the file
     * @throws HttpProblem if the job has no such regular file
     * @throws IOException if the file cannot be read
     */
    public static Response answer(Monitored monitored, Request request, Map<String, String> path) throws IOException {
        return answer(RequestedJob.find(monitored, path).folder().path(), request, path);
    }

    /**
     * Answers a request for a file of an execution of an action.
     *
     * @param monitored the workspace
     * @param request the request, whose header {@code Range} may ask for a part
     * @param path the segments {@code experiment}, {@code run}, {@code name}, {@code number} and {@code path}
     * @return the file
     * @throws HttpProblem if the execution has no such regular file
     * @throws IOException if the file cannot be read
     */
    public static Response ofAction(Monitored monitored, Request request, Map<String, String> path) throws IOException {
        return answer(SideSubject.process(monitored, path, SideKind.ACTION).path(), request, path);
    }

    private static Response answer(Path folder, Request request, Map<String, String> path) throws IOException {
        String name = path.getOrDefault("path", "");
        JobFile file = open(folder, name);
        try {
            return response(request, name, file);
        } catch (IOException | RuntimeException failed) {
            file.close();
            throw failed;
        }
    }

    private static JobFile open(Path folder, String name) throws IOException {
        try {
            return JobFile.open(folder, List.of(name.split("/")));
        } catch (NoSuchFileException missing) {
            throw HttpProblem.notFound("There is no file " + name + " in " + folder);
        } catch (FileSystemException refused) {
            throw new HttpProblem(
                    403,
                    "Cannot open the file " + name + ": only regular files are shown, and no link is followed",
                    "open it in a terminal, in " + folder);
        }
    }

    private static Response response(Request request, String name, JobFile file) throws IOException {
        FileType type = FileType.of(name, file.head(FileType.SAMPLE));
        Optional<String> asked = request.header("range")
                .filter(FileRange::isOne)
                .filter(range -> request.header("if-range").isEmpty());
        Optional<FileRange> part = asked.isEmpty()
                ? Optional.of(new FileRange(0, file.size()))
                : FileRange.parse(asked.get(), file.size());
        if (part.isEmpty()) {
            file.close();
            return Response.of(new HttpProblem(416, "The file " + name + " has " + file.size() + " bytes"))
                    .with("content-range", "bytes */" + file.size());
        }
        FileRange range = part.get();
        Response response = new Response(
                        asked.isEmpty() ? 200 : 206, type.name(), Map.of(), range.length(), new FileBody(file, range))
                .with("accept-ranges", "bytes")
                .with(SecurityHeaders.POLICY, SecurityHeaders.FILE);
        if (asked.isPresent()) {
            long last = range.from() + range.length() - 1;
            response = response.with("content-range", "bytes " + range.from() + "-" + last + "/" + file.size());
        }
        return type.isShown() ? response : response.with("content-disposition", attachment(name));
    }

    private static String attachment(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        return "attachment; filename*=UTF-8''"
                + URLEncoder.encode(last, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("*", "%2A");
    }

    private record FileBody(JobFile file, FileRange range) implements Response.Body {
        @Override
        public void writeTo(OutputStream out) throws IOException {
            range.copy(file.channel(), out);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
