package org.experimaestro.connector.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import org.experimaestro.spi.UnreachableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts were printed by OpenSSH 9.2 and 8.4. */
class SshErrorClassifierTest {

    @Test
    void of_changedHostKey_saysWhatItMeansAndWhatToDo() {
        UnreachableException trouble = of("""
                @@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
                @    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @
                @@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
                IT IS POSSIBLE THAT SOMEONE IS DOING SOMETHING NASTY!
                Someone could be eavesdropping on you right now (man-in-the-middle attack)!
                It is also possible that a host key has just been changed.
                The fingerprint for the ED25519 key sent by the remote host is
                SHA256:9jZQ1mB0k2Y4lY6yQk3Gq2rX5u1cN8fJwq7m2n3o4p5.
                Please contact your system administrator.
                Add correct host key in /home/ann/.ssh/known_hosts to get rid of this message.
                Offending ED25519 key in /home/ann/.ssh/known_hosts:12
                Host key for login.cluster.edu has changed and you have requested strict checking.
                Host key verification failed.
                """);
        assertThat(trouble.isPermanent()).isTrue();
        assertThat(trouble)
                .hasMessage(
                        "Refused to connect to cluster: it has shown another host key than the one that is known for it. "
                                + "Either the host was set up anew, or somebody pretends to be it (the key shown has the fingerprint "
                                + "SHA256:9jZQ1mB0k2Y4lY6yQk3Gq2rX5u1cN8fJwq7m2n3o4p5). Ask its administrator for the fingerprint of "
                                + "its key; if it is the one shown, forget the old key with: ssh-keygen -R 'login.cluster.edu' "
                                + "(/home/ann/.ssh/known_hosts:12); then log in once with: ssh login");
    }

    @Test
    void of_changedHostKeyWithCommand_givesThatCommand() {
        assertThat(of("""
                WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!
                Offending ED25519 key in /tmp/x/known_hosts:1
                  remove with:
                  ssh-keygen -f "/tmp/x/known_hosts" -R "[127.0.0.1]:17000"
                Host key verification failed.
                """)).hasMessageContaining("ssh-keygen -f \"/tmp/x/known_hosts\" -R \"[127.0.0.1]:17000\"");
    }

    @Test
    void of_unknownHostKey_saysToLogInOnce() {
        UnreachableException trouble = of("""
                No ED25519 host key is known for login.cluster.edu and you have requested strict checking.
                Host key verification failed.
                """);
        assertThat(trouble.isPermanent()).isTrue();
        assertThat(trouble)
                .hasMessageContaining("its host key is not known here")
                .hasMessageContaining("ssh login");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ann@login.cluster.edu: Permission denied (publickey,gssapi-keyex,gssapi-with-mic,password).",
                "Received disconnect from 10.0.0.1 port 22:2: Too many authentication failures",
                "/home/ann/.ssh/config: line 3: Bad configuration option: prot",
                "Bad owner or permissions on /home/ann/.ssh/config",
                "ControlPath too long ('/home/ann/a very long name/s' >= 108 bytes)",
                "unix_listener: path \"/home/ann/a very long name/s.Xy\" too long for Unix domain socket",
                "unix_listener: cannot bind to path /nonexistent/s.ngVAxnB6a3: No such file or directory",
                "vdollar_percent_expand: unknown key %z",
                "vdollar_percent_expand: env var ${NOPE} has no value | invalid environment variable expansion",
                "Unable to negotiate with 10.0.0.1 port 22: no matching host key type found. Their offer: ssh-ed25519",
                "exec request failed on channel 0"
            })
    void of_whatAPersonHasToMend_isPermanent(String complaint) {
        UnreachableException trouble = of(complaint);
        assertThat(trouble.isPermanent()).isTrue();
        assertThat(trouble).hasMessageContaining(complaint).hasMessageContaining("Try: ssh login");
    }

    @Test
    void of_loginRefusedAfterScriptsWereRun_mayPass() {
        String complaint = "ann@login.cluster.edu: Permission denied (publickey).";
        assertThat(SshErrorClassifier.of("cluster", "ssh login", complaint, false, true)
                        .isPermanent())
                .isFalse();
    }

    @Test
    void of_hostKeyAfterScriptsWereRun_isPermanent() {
        String complaint = "WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!\nHost key verification failed.";
        assertThat(SshErrorClassifier.of("cluster", "ssh login", complaint, true, true)
                        .isPermanent())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssh: Could not resolve hostname login.cluster.edu: Temporary failure in name resolution",
                "ssh: connect to host login.cluster.edu port 22: Connection refused",
                "ssh: connect to host login.cluster.edu port 22: Connection timed out",
                "ssh: connect to host login.cluster.edu port 22: No route to host",
                "kex_exchange_identification: read: Connection reset by peer",
                "Connection closed by 10.0.0.1 port 22",
                "mux_client_request_session: read from master failed: Broken pipe",
                "Timeout, server login.cluster.edu not responding."
            })
    void of_whatMayPass_isNotPermanent(String complaint) {
        UnreachableException trouble = of(complaint);
        assertThat(trouble.isPermanent()).isFalse();
        assertThat(trouble).hasMessage("Cannot connect to cluster: " + complaint);
    }

    private static UnreachableException of(String complaint) {
        return SshErrorClassifier.of("cluster", "ssh login", complaint, false, false);
    }

    @Test
    void of_refusedLoginAfterSshHasAsked_doesNotSayThatItAsksNothing() {
        String complaint = "anna@gate: Permission denied (publickey,password).";

        assertThat(SshErrorClassifier.of("gate", "ssh gate", complaint, false, false))
                .hasMessageContaining("No password is asked for");
        assertThat(SshErrorClassifier.of("gate", "ssh gate", complaint, false, false, true))
                .hasMessage("gate has refused the login (" + complaint + "). Try: ssh gate")
                .returns(true, UnreachableException::isPermanent);
    }
}
