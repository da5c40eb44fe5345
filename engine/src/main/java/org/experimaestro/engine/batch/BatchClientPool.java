package org.experimaestro.engine.batch;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.spi.ConnectorDefinition;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherType;

/**
 * Clients that several runs use at once: each is there as long as somebody uses it, so that there is one poll for the jobs of
 * all runs. Thread-safe.
 */
final class BatchClientPool {
    /** Those of this process. Holds nothing, and no thread, when no run uses one. */
    static final BatchClientPool OF_THIS_PROCESS = new BatchClientPool();

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, Used> clients = new HashMap<>();

    /**
     * What tells one batch system from another. Types are classes, not names: two plans may bring types of one name.
     *
     * @param type the type of launcher
     * @param options what it says of the system itself
     * @param connector the host that is talked to; empty for this one
     * @param connectorType its type
     * @param clock tells when it is polled
     */
    record Key(
            Class<?> type,
            SortedMap<String, String> options,
            Optional<ConnectorDefinition> connector,
            Optional<Class<?>> connectorType,
            RunClock clock) {

        static Key of(LauncherDefinition launcher, Services services, RunClock clock) {
            LauncherType type = services.type(launcher);
            SortedMap<String, String> options = new TreeMap<>(launcher.options());
            options.keySet().retainAll(type.systemOptions());
            return new Key(
                    type.getClass(),
                    options,
                    launcher.connector(),
                    launcher.connector()
                            .map(connector -> services.type(connector).getClass()),
                    clock);
        }
    }

    private static final class Used {
        private final BatchSystemClient client;
        private int users;

        Used(BatchSystemClient client) {
            this.client = client;
        }
    }

    /** A client, which is made if nobody uses it yet. Who takes it releases it. */
    BatchSystemClient take(Key key, Supplier<BatchSystemClient> maker) {
        lock.lock();
        try {
            Used used = clients.get(key);
            if (used == null) {
                used = new Used(maker.get());
                clients.put(key, used);
            }
            used.users++;
            return used.client;
        } finally {
            lock.unlock();
        }
    }

    /** Gives a client back; the last one who does closes it. */
    void release(Key key) {
        Optional<BatchSystemClient> unused = leave(key);
        // Without the lock: to end a connection may take some time, and a new one may be made meanwhile.
        unused.ifPresent(BatchSystemClient::close);
    }

    private Optional<BatchSystemClient> leave(Key key) {
        lock.lock();
        try {
            Used used = clients.get(key);
            if (used == null) {
                throw new IllegalStateException("Nobody has taken the client of " + key);
            }
            used.users--;
            if (used.users > 0) {
                return Optional.empty();
            }
            clients.remove(key);
            return Optional.of(used.client);
        } finally {
            lock.unlock();
        }
    }

    /** How many clients are in use. */
    int size() {
        lock.lock();
        try {
            return clients.size();
        } finally {
            lock.unlock();
        }
    }
}
