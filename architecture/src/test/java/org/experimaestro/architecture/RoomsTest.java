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

/** Each room calls only the rooms that docs/architecture.md lets it call, and is made for the Java release given there. */
class RoomsTest {
    private static final int FIRST_CLASS_FILE_VERSION = 44;

    @ParameterizedTest
    @EnumSource
    void room_calls_onlyItsCallees(Room room) {
        callsNoStrangers(room, Houses.ROOT).check(Houses.OURS);
    }

    @ParameterizedTest
    @EnumSource
    void rule_roomThatCallsEverybody_namesEachStranger(Room room) {
        List<String> violations = callsNoStrangers(room, Houses.BROKEN_ROOT)
                .evaluate(Houses.BROKEN)
                .getFailureReport()
                .getDetails();

        for (Room stranger : room.strangers()) {
            assertThat(violations).anyMatch(violation -> violation.contains("<" + resident(stranger) + ">"));
        }
        for (Room callee : room.callees()) {
            assertThat(violations).noneMatch(violation -> violation.contains("<" + resident(callee) + ">"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void room_isMade_forItsRelease(Room room) throws IOException {
        for (JavaClass each : inhabitants(room)) {
            assertThat(release(each)).as(each.getName()).isEqualTo(room.release());
        }
    }

    @Test
    void release_ofTwoRooms_differs() throws IOException {
        assertThat(release(inhabitants(Room.RUNTIME).getFirst()))
                .isNotEqualTo(release(inhabitants(Room.CLI).getFirst()));
    }

    private static ArchRule callsNoStrangers(Room room, String root) {
        String[] strangers = room.strangers().stream()
                .flatMap(stranger -> Arrays.stream(stranger.packages(root)))
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAnyPackage(room.packages(root))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(strangers);
    }

    private static String resident(Room room) {
        String packageName = room.packages(Houses.BROKEN_ROOT)[0].replace("..", "");
        return packageName + ".Resident";
    }

    private static List<JavaClass> inhabitants(Room room) {
        List<JavaClass> inhabitants = Houses.OURS.stream()
                .filter(each -> Arrays.stream(room.packages(Houses.ROOT))
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
