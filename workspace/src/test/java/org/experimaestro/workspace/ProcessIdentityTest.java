package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.experimaestro.core.host.HostIdentity;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessIdentityTest {
    private static final HostIdentity HERE = new HostIdentity("box", "boot-1", "machine-1", "pid:[1]");

    @Test
    void isSeen_sameBoot_whateverTheHostIsCalled() {
        assertThat(process("box", "boot-1", "machine-1", "pid:[1]").isSeenFrom(HERE))
                .isTrue();
        assertThat(process("box.fritz.box", "boot-1", "machine-1", "pid:[1]").isSeenFrom(HERE))
                .isTrue();
        assertThat(process("box", "boot-1", "", "").isSeenFrom(HERE)).isTrue();
    }

    @Test
    void isSeen_processOfAContainerOnTheSameHost_isNot() {
        assertThat(process("box", "boot-1", "machine-1", "pid:[2]").isSeenFrom(HERE))
                .isFalse();
        assertThat(process("box", "boot-1", "", "pid:[2]").isSeenFrom(HERE)).isFalse();
        assertThat(process("container", "boot-1", "", "").isSeenFrom(HERE)).isFalse();
    }

    @Test
    void isSeen_earlierBootOfThisMachine_isKnownToBeOver() {
        assertThat(process("box", "boot-0", "machine-1", "pid:[1]").isSeenFrom(HERE))
                .isTrue();
    }

    @Test
    void isSeen_anotherHostOfThisName_isNot() {
        assertThat(process("box", "boot-2", "machine-2", "pid:[1]").isSeenFrom(HERE))
                .isFalse();
        assertThat(process("box", "boot-2", "", "").isSeenFrom(HERE)).isFalse();
        assertThat(process("box", "", "", "").isSeenFrom(HERE)).isFalse();
        assertThat(process("localhost", "", "", "").isSeenFrom(HERE)).isFalse();
    }

    @Test
    void isSeen_cloneOfThisMachineWithAnotherName_isNot() {
        assertThat(process("box-2", "boot-2", "machine-1", "pid:[1]").isSeenFrom(HERE))
                .isFalse();
    }

    @Test
    void isSeen_systemThatKnowsNoBoots_byANameThatIsOne() {
        HostIdentity named = new HostIdentity("box", "", "", "");
        HostIdentity nameless = new HostIdentity(HostIdentity.NAMELESS, "", "", "");

        assertThat(process("box", "", "", "").isSeenFrom(named)).isTrue();
        assertThat(process("other", "", "", "").isSeenFrom(named)).isFalse();
        assertThat(process(HostIdentity.NAMELESS, "", "", "").isSeenFrom(nameless))
                .isFalse();
    }

    @Test
    void fromJson_whatFormerVersionsWrote_isRead() {
        String text = "{\"host\": \"box\", \"boot\": \"boot-1\", \"pid\": 12, \"start\": 34}";

        assertThat(ProcessIdentity.fromJson(JsonObject.of(Json.parse(text), "test")))
                .isEqualTo(new ProcessIdentity("box", "boot-1", 12, 34, "", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "-4711", "2147483648", "9223372036854775807"})
    void fromJson_numberOfNoProcess_isRefused(String pid) {
        String text = "{\"host\": \"box\", \"boot\": \"boot-1\", \"pid\": " + pid + ", \"start\": 34}";

        assertThatThrownBy(() -> ProcessIdentity.fromJson(JsonObject.of(Json.parse(text), "test")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 1, and not " + pid);
    }

    @Test
    void fromJson_ofToJson_isTheSame() {
        ProcessIdentity self = ProcessIdentity.current();
        String text = Json.write(self.toJson());

        assertThat(ProcessIdentity.fromJson(JsonObject.of(Json.parse(text), "test")))
                .isEqualTo(self);
        assertThat(self.isLocal()).isTrue();
        assertThat(self.isAlive()).isTrue();
    }

    @Test
    void isAlive_processThatCannotBeSeen_isRefused() {
        ProcessIdentity elsewhere = process("elsewhere", "boot-2", "", "");
        assertThatThrownBy(elsewhere::isAlive).isInstanceOf(IllegalStateException.class);
    }

    private static ProcessIdentity process(String host, String boot, String machine, String processes) {
        return new ProcessIdentity(host, boot, 12, 34, machine, processes);
    }
}
