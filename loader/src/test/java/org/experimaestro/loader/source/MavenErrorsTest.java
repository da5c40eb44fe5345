package org.experimaestro.loader.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MavenErrorsTest {
    /** The output of Maven 3.8 for two files with errors. */
    private static final List<String> OUTPUT = """
            a plugin says hello
            [ERROR] COMPILATION ERROR :\s
            [ERROR] /cache/project/A.java:[2,11] cannot find symbol
              symbol:   class Nope
              location: class acme.A
            [ERROR] /cache/project/A.java:[2,19] cannot find symbol
              symbol:   class Nope
              location: class acme.A
            [ERROR] /cache/project/B.java:[2,86] method f in class acme.B cannot be applied to given types;
              required: T
              found:    java.lang.String
                lower bounds: java.lang.Number
            [INFO] 3 errors
              not a part of an error
            [ERROR] Failed to execute goal compile on project b: Compilation failure: Compilation failure:\s
            [ERROR] /cache/project/A.java:[2,11] cannot find symbol
            [ERROR]   symbol:   class Nope
            [ERROR]   location: class acme.A
            [ERROR] /cache/project/A.java:[2,19] cannot find symbol
            [ERROR]   symbol:   class Nope
            [ERROR]   location: class acme.A
            [ERROR] /cache/project/B.java:[2,86] method f in class acme.B cannot be applied to given types;
            [ERROR]   required: T
            [ERROR]   found:    java.lang.String
            [ERROR]     lower bounds: java.lang.Number
            [ERROR] -> [Help 1]
            [ERROR]\s
            [ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.
            [ERROR] [Help 1] http://cwiki.apache.org/
            """.lines().toList();

    @Test
    void of_errorsOfSeveralLines_keepsThemTogetherAndEachOnce() {
        assertThat(MavenErrors.of(OUTPUT, Path.of("/cache/project"), Path.of("/home/me/lab")))
                .containsExactly(
                        "COMPILATION ERROR :",
                        "/home/me/lab/A.java:[2,11] cannot find symbol\n  symbol:   class Nope\n  location: class acme.A",
                        "/home/me/lab/A.java:[2,19] cannot find symbol\n  symbol:   class Nope\n  location: class acme.A",
                        "/home/me/lab/B.java:[2,86] method f in class acme.B cannot be applied to given types;"
                                + "\n  required: T\n  found:    java.lang.String\n  lower bounds: java.lang.Number",
                        "Failed to execute goal compile on project b: Compilation failure: Compilation failure:");
    }
}
