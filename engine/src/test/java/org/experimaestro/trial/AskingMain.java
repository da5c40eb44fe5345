package org.experimaestro.trial;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.workspace.RunRequest;
import org.experimaestro.workspace.RunRequests;
import org.experimaestro.workspace.Workspace;

/** A process that sends requests to a run, all at once: the workspace, and how many. */
public final class AskingMain {
    private AskingMain() {}

    /** Starts it. */
    public static Process start(Lab lab, int requests) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AskingMain.class.getName(),
                        lab.workspace().toString(),
                        Integer.toString(requests))
                .inheritIO()
                .start();
    }

    /** Ends with the number of requests that were not accepted, once all are answered. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        RunRequests requests = new RunRequests(
                Workspace.view(Path.of(arguments[0])).experiment("trial").runs().getLast());
        List<String> open = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            open.add(requests.send(new RunRequest.Jobs(1 + i)));
        }
        int refused = 0;
        while (!open.isEmpty()) {
            var answer = requests.findAnswer(open.getFirst());
            if (answer.isPresent()) {
                open.removeFirst();
                refused += answer.get().isAccepted() ? 0 : 1;
            } else {
                Thread.sleep(20);
            }
        }
        System.exit(refused);
    }
}
