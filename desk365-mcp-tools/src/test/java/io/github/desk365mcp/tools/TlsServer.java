package io.github.desk365mcp.tools;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Speaks https on loopback, a request a connection, with a certificate for some names that it makes for itself. */
final class TlsServer implements AutoCloseable {

    static final char[] PASSWORD = "changeit".toCharArray();

    /** Writes a whole answer, the status line too. */
    interface Answer {
        void write(String path, OutputStream out) throws IOException;
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final SSLContext tls;
    private final X509TrustManager trust;
    private final SSLServerSocket socket;
    private final Answer answer;
    private final Future<?> accepting;

    TlsServer(Path folder, String names, Answer answer) throws IOException, GeneralSecurityException {
        this.answer = answer;
        KeyStore keys = keys(folder.resolve("keys.p12"), names);
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        TrustManagerFactory known = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        known.init(keys);
        this.trust = (X509TrustManager) known.getTrustManagers()[0];
        this.tls = SSLContext.getInstance("TLS");
        tls.init(own.getKeyManagers(), known.getTrustManagers(), null);
        this.socket = (SSLServerSocket)
                tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        this.accepting = threads.submit(this::accept);
    }

    private static KeyStore keys(Path file, String names) throws IOException, GeneralSecurityException {
        keytool(file, "-alias own -dname CN=test -ext san=" + names);
        KeyStore pair = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            pair.load(in, PASSWORD);
        }
        // A certificate that is trusted stands by itself, beside the key that it is for.
        pair.setCertificateEntry("trusted", pair.getCertificate("own"));
        return pair;
    }

    /** Adds a key with a certificate to a file. The JDK has no public way to make a certificate but its own tool. */
    static void keytool(Path file, String options) throws IOException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command = new java.util.ArrayList<>(List.of(keytool));
        command.addAll(List.of(("-genkeypair -keyalg EC -storetype PKCS12 -storepass changeit " + options).split(" ")));
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-keystore", file.toString()));
        Process made = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            made.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** Holds up an answer until the server is closed. */
    static void stall() {
        try {
            // Closing interrupts it.
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    SSLSocketFactory clientSockets() {
        return tls.getSocketFactory();
    }

    X509TrustManager trust() {
        return trust;
    }

    /** The paths of all requests so far. */
    List<String> asked() {
        return asked;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                threads.execute(() -> serve(connection));
            } catch (IOException e) {
                // Closed, or a client that went away at once.
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            StringBuilder head = new StringBuilder();
            byte[] one = new byte[1];
            while (head.indexOf("\r\n\r\n") < 0 && connection.getInputStream().read(one) > 0) {
                head.append(new String(one, ISO_8859_1));
            }
            String path = head.toString().split(" ", 3)[1];
            asked.add(path);
            answer.write(path, connection.getOutputStream());
            connection.getOutputStream().flush();
        } catch (IOException | RuntimeException e) {
            // The client has gone, as it should from some answers.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        accepting.cancel(true);
        threads.shutdownNow();
    }
}
