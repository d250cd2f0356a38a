package io.github.clinicsessions.it;

import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A client that cannot be told of a sign-out, on this machine's loopback address. */
interface BadClient extends AutoCloseable {

    /** Where it would like to be told. */
    String logoutUrl();

    /** How often it was asked, as far as it can know. */
    int asked();

    @Override
    void close();

    /** What can be wrong with it. */
    enum Kind {
        HANGS {
            @Override
            BadClient begin() throws IOException {
                return new Answering(20, 204);
            }
        },
        ACCEPTS_NOTHING {
            @Override
            BadClient begin() throws IOException {
                return new BlackHole();
            }
        },
        FAILS {
            @Override
            BadClient begin() throws IOException {
                return new Answering(0, 500);
            }
        };

        abstract BadClient begin() throws IOException;
    }

    /** Answers with this status, after so many seconds. */
    final class Answering implements BadClient {

        private final HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        private final AtomicInteger asked = new AtomicInteger();
        private final CountDownLatch closed = new CountDownLatch(1);

        private Answering(int seconds, int status) throws IOException {
            server.setExecutor(Executors.newCachedThreadPool());
            server.createContext("/logout", exchange -> {
                asked.incrementAndGet();
                awaitClosed(seconds);
                exchange.sendResponseHeaders(status, -1);
                exchange.close();
            });
            server.start();
        }

        private void awaitClosed(int seconds) {
            try {
                if (closed.await(seconds, TimeUnit.SECONDS)) {
                    return; // the test is over, nobody needs the rest of the time
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public String logoutUrl() {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/logout";
        }

        @Override
        public int asked() {
            return asked.get();
        }

        @Override
        public void close() {
            closed.countDown();
            server.stop(0);
        }
    }

    /** Like an address behind which packets are lost: its queue of connections is full and nobody empties it. */
    final class BlackHole implements BadClient {

        private static final int TRIES = 20;

        private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final List<Socket> queued = new ArrayList<>();

        private BlackHole() throws IOException {
            for (var i = 0; i < TRIES; i++) {
                var filler = new Socket();
                queued.add(filler);
                try {
                    filler.connect(socket.getLocalSocketAddress(), 300);
                } catch (SocketTimeoutException e) {
                    return; // full
                }
            }
            close();
            throw new IOException("still accepts connections after " + TRIES);
        }

        @Override
        public String logoutUrl() {
            return "http://127.0.0.1:" + socket.getLocalPort() + "/logout";
        }

        @Override
        public int asked() {
            return 0;
        }

        @Override
        public void close() {
            for (var filler : queued) {
                closeQuietly(filler);
            }
            closeQuietly(socket);
        }

        private static void closeQuietly(Closeable one) {
            try {
                one.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
