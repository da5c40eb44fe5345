package org.experimaestro.engine.job;

import java.util.Optional;
import java.util.OptionalInt;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.ShellText;

/**
 * Shell commands that set the variable {@code xpm_java} to the command of a job's JVM, on the host that runs them. If
 * the launcher names no Java, the usual places are searched. The release is read from the file {@code release} of a JDK
 * ({@code JAVA_VERSION="25.0.1"}, since JDK 8), so the search starts no JVM.
 */
public final class JavaSearch {
    private static final String PLACES = "\"$EXPERIMAESTRO_JAVA_HOME\" \"$JAVA_HOME\" \"$xpm_on_path\""
            + " /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \"$HOME\"/.sdkman/candidates/java/*"
            + " \"$HOME\"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home";

    private JavaSearch() {}

    /**
     * Returns the commands.
     *
     * @param placement the job's placement
     * @return lines of a POSIX shell script, which print a message and exit with code 127 if there is no such Java
     */
    public static String script(Placement placement) {
        LauncherDefinition launcher = placement.launcher();
        OptionalInt jdk = placement.jdk();
        String named = jdk.isPresent()
                ? launcher.jdks().get(jdk.getAsInt())
                : launcher.java().orElse(null);
        if (named != null) {
            return "xpm_java=" + ShellText.quote(named) + "\n";
        }
        // A plan's classes need the Java that runs the plan, unless the plan asks for another one.
        int feature = jdk.orElse(Runtime.version().feature());
        String test = jdk.isPresent() ? "-eq" : "-ge";
        String own = jdk.isEmpty() || feature == Runtime.version().feature()
                ? ShellText.quote(System.getProperty("java.home")) + " "
                : "";
        return search(own + PLACES, test, feature)
                + """
                if [ -z "$xpm_java" ]; then
                  echo "This job needs Java %d%s, which $(hostname 2>/dev/null || uname -n) has not; \
                set java: or jdks: of the launcher %s in the launcher file, or JAVA_HOME there" >&2
                  exit 127
                fi
                """.formatted(
                                feature,
                                jdk.isPresent() ? "" : " or newer",
                                launcher.name().replaceAll("[^A-Za-z0-9_.-]", "?"));
    }

    /**
     * Returns commands that search a Java for a program of ours, and end without an error if there is none. They set
     * {@code xpm_java}, which is empty then, and {@code xpm_found}, which lists the Javas that are too old.
     *
     * @param feature the least release
     * @param home the only folder that is looked at, or its {@code bin/java}, either of which may begin with {@code
     *     ~/}; empty for the usual places
     * @return lines of a POSIX shell script
     */
    public static String script(int feature, Optional<String> home) {
        return search(home.map(JavaSearch::place).orElse(PLACES), "-ge", feature);
    }

    private static String place(String home) {
        String folder = home.replaceFirst("/bin/java/?$", "");
        return folder.startsWith("~/") ? "\"$HOME\"/" + ShellText.quote(folder.substring(2)) : ShellText.quote(folder);
    }

    private static String search(String places, String test, int feature) {
        return """
                xpm_java= xpm_found=
                xpm_on_path=$(command -v java) && xpm_on_path=$(readlink -f "$xpm_on_path" 2>/dev/null) && xpm_on_path=${xpm_on_path%%/bin/java}
                for xpm_home in %s; do
                  [ -n "$xpm_home" ] && [ -x "$xpm_home/bin/java" ] || continue
                  xpm_release=$(sed -n 's/^JAVA_VERSION="\\(1\\.\\)\\{0,1\\}\\([0-9][0-9]*\\).*/\\2/p' "$xpm_home/release" 2>/dev/null)
                  if [ "${xpm_release:-0}" %s %d ]; then xpm_java=$xpm_home/bin/java; break; fi
                  xpm_found="$xpm_found${xpm_found:+, }${xpm_release:-an unknown release} in $xpm_home"
                done
                """.formatted(places, test, feature);
    }
}
