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
 * A pool of clients that several runs use at once. A client exists while a run uses it, so that there is one poll for
 * the jobs of all runs. Thread-safe.
 */
final class BatchClientPool {
    /** The pool of this process. It holds no client and no thread while no run uses one. */
    static final BatchClientPool OF_THIS_PROCESS = new BatchClientPool();

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, Used> clients = new HashMap<>();

    /**
     * The properties that distinguish batch systems. Types are classes, not names, because two plans may bring types of
     * the same name.
     *
     * @param type the class of the launcher's type
     * @param options the launcher's options that concern the system itself
     * @param connector the connector to the host; empty for this machine
     * @param connectorType the class of the connector's type
     * @param clock the clock of its polls
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

    /** Returns a client, which is made if no run uses it yet. The caller has to release it. */
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

    /** Gives a client back, and closes it if no other run uses it. */
    void release(Key key) {
        Optional<BatchSystemClient> unused = leave(key);
        // Without the lock, because the end of a connection may take some time, and a new one may be made meanwhile.
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

    /** Returns the number of clients in use. */
    int size() {
        lock.lock();
        try {
            return clients.size();
        } finally {
            lock.unlock();
        }
    }
}
