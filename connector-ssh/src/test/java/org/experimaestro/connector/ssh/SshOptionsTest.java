package org.experimaestro.connector.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.experimaestro.core.file.HomeFolder;
import org.experimaestro.spi.ConnectorDefinition;
import org.experimaestro.spi.ConnectorType;
import org.experimaestro.spi.LauncherOption;
import org.junit.jupiter.api.Test;

class SshOptionsTest {

    @Test
    void type_service_isFoundWithItsOptions() {
        ConnectorType type = ServiceLoader.load(ConnectorType.class).findFirst().orElseThrow();
        assertThat(type.name()).isEqualTo("ssh");
        assertThat(type.options())
                .extracting(LauncherOption::name)
                .containsExactly("host", "config", "options", "workspace", "mount", "folder");
    }

    @Test
    void options_documentation_hasThemInOrder() throws Exception {
        List<String> documented = Files.readAllLines(Path.of("../docs/connector-ssh.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .toList();
        assertThat(documented)
                .isEqualTo(SshOptions.KNOWN.stream().map(LauncherOption::name).toList());
    }

    @Test
    void of_hostAlone_sharesTheWorkspaceAtTheSamePath() {
        SshOptions options = of(Map.of("host", "gate"));
        assertThat(options.sharing()).isEqualTo(new SshOptions.Sharing.Shared(Path.of("/"), "/"));
        assertThat(options.config()).isEmpty();
    }

    @Test
    void of_allOptions_areRead() {
        SshOptions options = of(Map.of(
                "host", "ann@gate",
                "config", "~/ssh config",
                "options", " -p 2222\n-o 'ProxyCommand=nc -X 5 %h %p' ",
                "workspace", "shared",
                "mount", "~/work:/mnt/ann"));
        assertThat(options.config()).contains(HomeFolder.current().resolve("ssh config"));
        assertThat(options.arguments()).containsExactly("-p", "2222", "-o", "ProxyCommand=nc -X 5 %h %p");
        assertThat(options.sharing())
                .isEqualTo(new SshOptions.Sharing.Shared(HomeFolder.current().resolve("work"), "/mnt/ann"));
    }

    @Test
    void of_copyWithoutFolder_usesTheDefault() {
        assertThat(of(Map.of("host", "h", "workspace", "copy")).sharing())
                .isEqualTo(new SshOptions.Sharing.Copied("~/experimaestro"));
    }

    @Test
    void problems_severalWrongValues_areAllTold() {
        assertThat(problems(Map.of("options", "-o StrictHostKeyChecking=no", "workspace", "nfs")))
                .hasSize(3)
                .anyMatch(problem -> problem.startsWith("\"host\" is missing"))
                .anyMatch(problem -> problem.contains("-o") || problem.contains("StrictHostKeyChecking=no"))
                .anyMatch(problem -> problem.equals("workspace: \"nfs\" is neither \"shared\" nor \"copy\""));
    }

    @Test
    void problems_optionsThatContradict_areTold() {
        assertThat(problems(Map.of("host", "h", "folder", "/scratch")))
                .hasSize(1)
                .first()
                .asString()
                .contains("workspace: copy");
        assertThat(problems(Map.of("host", "h", "workspace", "copy", "mount", "/a:/b")))
                .hasSize(1);
        assertThat(problems(Map.of("host", "h", "workspace", "copy", "folder", "relative")))
                .hasSize(1);
        assertThat(problems(Map.of("host", "h", "mount", "/only"))).hasSize(1);
        assertThat(problems(Map.of("host", "-oProxyCommand=x"))).hasSize(1);
        assertThat(problems(Map.of("host", "h", "options", "-o 'x"))).hasSize(1);
    }

    @Test
    void of_wrongOptions_isNotOpened() {
        assertThatThrownBy(() -> of(Map.of("workspace", "copy")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"host\" is missing");
    }

    private static SshOptions of(Map<String, String> options) {
        return SshOptions.of(new ConnectorDefinition("gate", "ssh", new TreeMap<>(options)));
    }

    private static List<String> problems(Map<String, String> options) {
        return SshOptions.problems(options);
    }
}
