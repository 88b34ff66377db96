package io.github.desk365mcp.tools.internal.text;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts values with AES-GCM, each bound to its key in the store, so that values cannot be exchanged there. */
public final class ValueCipher {

    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec secret;

    /** @param secret 16, 24 or 32 bytes */
    public ValueCipher(byte[] secret) {
        this.secret = new SecretKeySpec(secret, "AES");
    }

    public byte[] encrypt(String key, byte[] plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce);
            byte[] bytes = new byte[NONCE_BYTES + cipher.getOutputSize(plain.length)];
            System.arraycopy(nonce, 0, bytes, 0, NONCE_BYTES);
            cipher.doFinal(plain, 0, plain.length, bytes, NONCE_BYTES);
            return bytes;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no AES-GCM", e);
        }
    }

    /** @throws IllegalArgumentException if the value was not encrypted with this key, or for another place */
    public byte[] decrypt(String key, byte[] bytes) {
        if (bytes.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
            throw new IllegalArgumentException("A value was not encrypted");
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, key, bytes).doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("A value was not encrypted with this key", e);
        }
    }

    private Cipher cipher(int mode, String key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(ALGORITHM);
        cipher.init(mode, secret, new GCMParameterSpec(TAG_BITS, nonce, 0, NONCE_BYTES));
        cipher.updateAAD(key.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
