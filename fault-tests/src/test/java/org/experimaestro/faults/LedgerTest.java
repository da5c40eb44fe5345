package org.experimaestro.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The law of tokens can be broken: without this test, a ledger that counts nothing would please all others. */
@EnabledOnOs(OS.LINUX)
class LedgerTest {
    @TempDir
    Path folder;

    @Test
    void overused_moreUsersThanTokens_areNamedUnlessTheyWereHarmed() throws Exception {
        Ledger ledger = new Ledger(folder);
        ledger.begin("w0", 1);
        ledger.begin("w4", 1);
        assertThat(ledger.overused(Set.of())).isEmpty();

        ledger.begin("w8", 1);
        long self = ProcessHandle.current().pid();
        assertThat(ledger.overused(Set.of()))
                .containsExactly("3 of 2 used: LICENCE w0 " + self + " w4 " + self + " w8 " + self);
        assertThat(ledger.overused(Set.of(self))).isEmpty();
    }

    @Test
    void overused_tasksThatHaveReturned_useNothing() throws Exception {
        Ledger ledger = new Ledger(folder);
        ledger.begin("w2", 1);
        ledger.leave("w2", 1);
        assertThat(ledger.overused(Set.of())).isEmpty();
        ledger.begin("w3", 1);
        assertThat(ledger.overused(Set.of())).isEmpty();
    }
}
