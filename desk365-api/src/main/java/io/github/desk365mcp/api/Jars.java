package io.github.desk365mcp.api;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.Collections;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okio.Okio;

/**
 * Checks that OkHttp and its dependencies have versions that work together. An application may pin any of them to an
 * older version; the first call would then fail with a missing method inside another library.
 */
final class Jars {

    private static final String OK_HTTP = "okhttp3/OkHttpClient.class";

    private Jars() {}

    /**
     * Looks for one method or class of each library that every compatible version has, so that no later version is
     * refused.
     *
     * @throws IllegalStateException if a jar is too old; the message names the jar and the remedy
     */
    static void check() {
        Lookup methods = MethodHandles.publicLookup();
        try {
            methods.findStatic(RequestBody.class, "create", MethodType.methodType(RequestBody.class, byte[].class));
        } catch (ReflectiveOperationException | LinkageError e) {
            String where = "com.squareup.okhttp3:okhttp (in Spring Boot okhttp.version)";
            throw tooOld("desk365-api", "OkHttp 4.12.0", found(OK_HTTP), where, e);
        }
        try {
            MethodType type = MethodType.methodType(OkHttpClient.Builder.class, boolean.class);
            methods.findVirtual(OkHttpClient.Builder.class, "fastFallback", type);
        } catch (ReflectiveOperationException | LinkageError e) {
            // OkHttp 4, which works with the Okio and Kotlin versions that it depends on.
            return;
        }
        try {
            MethodType type = MethodType.methodType(okio.Socket.class, java.net.Socket.class);
            methods.findStatic(Okio.class, "socket", type);
        } catch (ReflectiveOperationException | LinkageError e) {
            String where = "com.squareup.okio:okio and com.squareup.okio:okio-jvm";
            throw tooOld(found(OK_HTTP), "Okio 3.18.1", found("okio/Okio.class"), where, e);
        }
        try {
            Class.forName("kotlin.enums.EnumEntriesKt", false, OkHttpClient.class.getClassLoader());
        } catch (ReflectiveOperationException | LinkageError e) {
            String where = "org.jetbrains.kotlin:kotlin-stdlib (in Spring Boot kotlin.version)";
            throw tooOld(found(OK_HTTP), "Kotlin 1.8.0", found("kotlin/Unit.class"), where, e);
        }
    }

    private static IllegalStateException tooOld(
            String who, String needed, String found, String where, Throwable cause) {
        String version = needed.substring(needed.indexOf(' ') + 1);
        return new IllegalStateException(
                who + " needs " + needed + " or newer, but finds " + found + ": set " + where + " to " + version
                        + " in dependencyManagement.",
                cause);
    }

    /** Returns the names of the jars that contain a class; the first one is used. */
    private static String found(String file) {
        try {
            return Collections.list(Jars.class.getClassLoader().getResources(file)).stream()
                    .map(place ->
                            place.toString().replaceFirst("!?/" + file, "").replaceFirst(".*/", ""))
                    .collect(Collectors.joining(" before "));
        } catch (IOException e) {
            return "an unknown version";
        }
    }
}
