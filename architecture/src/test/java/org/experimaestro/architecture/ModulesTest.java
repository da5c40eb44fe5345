package org.experimaestro.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.lang.ArchRule;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each module calls only the modules that docs/architecture.md lets it call, and is made for the Java release given there. */
class ModulesTest {
    private static final int FIRST_CLASS_FILE_VERSION = 44;

    @ParameterizedTest
    @EnumSource
    void module_calls_onlyItsCallees(ProjectModule module) {
        callsNoStrangers(module, Houses.ROOT).check(Houses.OURS);
    }

    @ParameterizedTest
    @EnumSource
    void rule_moduleThatCallsEverybody_namesEachStranger(ProjectModule module) {
        List<String> violations = callsNoStrangers(module, Houses.BROKEN_ROOT)
                .evaluate(Houses.BROKEN)
                .getFailureReport()
                .getDetails();

        for (ProjectModule stranger : module.strangers()) {
            assertThat(violations).anyMatch(violation -> violation.contains("<" + resident(stranger) + ">"));
        }
        for (ProjectModule callee : module.callees()) {
            assertThat(violations).noneMatch(violation -> violation.contains("<" + resident(callee) + ">"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void module_isMade_forItsRelease(ProjectModule module) throws IOException {
        for (JavaClass each : inhabitants(module)) {
            assertThat(release(each)).as(each.getName()).isEqualTo(module.release());
        }
    }

    @Test
    void release_ofTwoRooms_differs() throws IOException {
        assertThat(release(inhabitants(ProjectModule.RUNTIME).getFirst()))
                .isNotEqualTo(release(inhabitants(ProjectModule.CLI).getFirst()));
    }

    private static ArchRule callsNoStrangers(ProjectModule module, String root) {
        String[] strangers = module.strangers().stream()
                .flatMap(stranger -> Arrays.stream(stranger.packages(root)))
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAnyPackage(module.packages(root))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(strangers);
    }

    private static String resident(ProjectModule module) {
        String packageName = module.packages(Houses.BROKEN_ROOT)[0].replace("..", "");
        return packageName + ".Resident";
    }

    private static List<JavaClass> inhabitants(ProjectModule module) {
        List<JavaClass> inhabitants = Houses.OURS.stream()
                .filter(each -> Arrays.stream(module.packages(Houses.ROOT))
                        .anyMatch(pattern -> PackageMatcher.of(pattern).matches(each.getPackageName())))
                .toList();
        assertThat(inhabitants).isNotEmpty();
        return inhabitants;
    }

    private static int release(JavaClass javaClass) throws IOException {
        URI file = javaClass.getSource().orElseThrow().getUri();
        try (InputStream bytes = file.toURL().openStream();
                DataInputStream in = new DataInputStream(bytes)) {
            in.skipNBytes(6);
            return in.readUnsignedShort() - FIRST_CLASS_FILE_VERSION;
        }
    }
}
