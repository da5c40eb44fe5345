package org.experimaestro.engine.batch;

import java.time.Duration;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.experimaestro.engine.job.JavaSearch;
import org.experimaestro.engine.job.JobEnvironment;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.ShellText;
import org.experimaestro.spi.UnreachableException;

/** A check that a host has the Java of jobs, before anything is sent there: each job would find out for itself. Thread-safe. */
final class JavaCheck {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** The variables that say where a Java is. */
    private static final Set<String> PLACES = Set.of("PATH", "HOME", "JAVA_HOME", "EXPERIMAESTRO_JAVA_HOME");

    private static final String REQUIRE = """
            command -v "$xpm_java" >/dev/null || {
              echo "There is no command $xpm_java on $(hostname 2>/dev/null || uname -n), which java: or jdks: of the launcher \
            names; correct it in the launcher file" >&2
              exit 127
            }
            """;

    private final Host host;
    /** The searches that have found a Java. */
    private final Set<String> successful = ConcurrentHashMap.newKeySet();

    JavaCheck(Host host) {
        this.host = host;
    }

    /**
     * Checks that there is a Java for the jobs of a placement. Asks the host once, if it has the Java.
     *
     * @throws RefusedException if the host has no such Java
     */
    void requireJava(Placement placement) throws RefusedException, UnreachableException, InterruptedException {
        SortedMap<String, String> places = new TreeMap<>(JobEnvironment.values(placement.environment()));
        places.keySet().retainAll(PLACES);
        String search = ShellText.exports(places) + JavaSearch.script(placement) + REQUIRE;
        if (successful.contains(search)) {
            return;
        }
        Shell.Output found = host.shell().run(search, LIMIT);
        if (!found.isSuccess()) {
            throw new RefusedException(found.complaint());
        }
        successful.add(search);
    }
}
