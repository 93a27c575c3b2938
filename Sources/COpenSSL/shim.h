// What Swift cannot import from OpenSSL 3 (macros, variadics) or would call many times per digest. Every function answers 1 for
// success and 0 for failure, as OpenSSL does; none keeps state.
#pragma once
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/x509.h>
#include <string.h>

// SHA-256 below the providers: no context to allocate, which is most of the cost of a short message.
static inline int shim_sha256(const void *bytes, size_t count, unsigned char *digest) {
    SHA256_CTX context;
    return SHA256_Init(&context) && SHA256_Update(&context, bytes, count) && SHA256_Final(digest, &context);
}

static inline int shim_hmac(const EVP_MD_CTX *inner, const EVP_MD_CTX *outer, const void *message, size_t count,
                            unsigned char *tag) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    int done = context != NULL && EVP_MD_CTX_copy_ex(context, inner) == 1 &&
               EVP_DigestUpdate(context, message, count) == 1 && EVP_DigestFinal_ex(context, digest, &size) == 1 &&
               EVP_MD_CTX_copy_ex(context, outer) == 1 && EVP_DigestUpdate(context, digest, size) == 1 &&
               EVP_DigestFinal_ex(context, tag, &size) == 1;
    EVP_MD_CTX_free(context);
    OPENSSL_cleanse(digest, sizeof digest);
    return done;
}

// 20 bytes: what authenticator apps compute (RFC 4226); SHA-1 is used for nothing else.
static inline int shim_hmac_sha1(const void *key, size_t keyCount, const void *message, size_t count,
                                 unsigned char *tag) {
    unsigned int size = 0;
    return HMAC(EVP_sha1(), key, (int)keyCount, message, count, tag, &size) != NULL && size == 20;
}

static inline int shim_hkdf(const char *digest, const void *secret, size_t secretCount, const void *salt, size_t saltCount,
                            const void *info, size_t infoCount, unsigned char *out, size_t outCount) {
    EVP_KDF *kdf = EVP_KDF_fetch(NULL, "HKDF", NULL);
    EVP_KDF_CTX *context = kdf ? EVP_KDF_CTX_new(kdf) : NULL;
    OSSL_PARAM parameters[5], *next = parameters;
    *next++ = OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, (char *)digest, 0);
    *next++ = OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, (void *)secret, secretCount);
    *next++ = OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, (void *)salt, saltCount);
    *next++ = OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, (void *)info, infoCount);
    *next = OSSL_PARAM_construct_end();
    int done = context != NULL && EVP_KDF_derive(context, out, outCount, parameters) == 1;
    EVP_KDF_CTX_free(context);
    EVP_KDF_free(kdf);
    return done;
}

// Authenticated cipher with a 12-byte nonce and a 16-byte tag.
static inline int shim_aead_seal(const EVP_CIPHER *cipher, const unsigned char *key, const unsigned char *nonce,
                                 const void *aad, int aadCount, const unsigned char *in, int count, unsigned char *out,
                                 unsigned char *tag) {
    int wrote = 0, last = 0;
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int done = context != NULL && EVP_EncryptInit_ex2(context, cipher, key, nonce, NULL) == 1 &&
               (aadCount == 0 || EVP_EncryptUpdate(context, NULL, &wrote, aad, aadCount) == 1) &&
               EVP_EncryptUpdate(context, out, &wrote, in, count) == 1 && wrote == count &&
               EVP_EncryptFinal_ex(context, out + wrote, &last) == 1 && last == 0 &&
               EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, 16, tag) == 1;
    EVP_CIPHER_CTX_free(context);
    return done;
}

static inline int shim_aead_open(const EVP_CIPHER *cipher, const unsigned char *key, const unsigned char *nonce,
                                 const void *aad, int aadCount, const unsigned char *in, int count,
                                 const unsigned char *tag, unsigned char *out) {
    int wrote = 0, last = 0;
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int done = context != NULL && EVP_DecryptInit_ex2(context, cipher, key, nonce, NULL) == 1 &&
               (aadCount == 0 || EVP_DecryptUpdate(context, NULL, &wrote, aad, aadCount) == 1) &&
               EVP_DecryptUpdate(context, out, &wrote, in, count) == 1 && wrote == count &&
               EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, 16, (void *)tag) == 1 &&
               EVP_DecryptFinal_ex(context, out + wrote, &last) == 1 && last == 0;
    EVP_CIPHER_CTX_free(context);
    if (!done && count > 0) OPENSSL_cleanse(out, (size_t)count);
    return done;
}

// A stream cipher (counter mode): sealing and opening are the same act.
static inline int shim_stream(const EVP_CIPHER *cipher, const unsigned char *key, const unsigned char *iv,
                              const unsigned char *in, int count, unsigned char *out) {
    int wrote = 0, last = 0;
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int done = context != NULL && EVP_EncryptInit_ex2(context, cipher, key, iv, NULL) == 1 &&
               EVP_EncryptUpdate(context, out, &wrote, in, count) == 1 && wrote == count &&
               EVP_EncryptFinal_ex(context, out + wrote, &last) == 1 && last == 0;
    EVP_CIPHER_CTX_free(context);
    return done;
}

static inline EVP_PKEY *shim_generate(const char *type) {
    EVP_PKEY *key = NULL;
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
    if (context != NULL && EVP_PKEY_keygen_init(context) == 1) EVP_PKEY_generate(context, &key);
    EVP_PKEY_CTX_free(context);
    return key;
}

// OpenSSL 3.0 has no default SM2 user id: an omitted one is empty, and nobody else's. `id` is set whenever it is given, and after
// the start of the operation: given with it, 3.0.19 refuses it.
static inline int shim_sign(EVP_PKEY *key, const char *digest, const void *id, size_t idCount, const void *message,
                            size_t count, unsigned char *signature, size_t *signatureCount) {
    EVP_PKEY_CTX *operation = NULL;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    int done = context != NULL && EVP_DigestSignInit_ex(context, &operation, digest, NULL, NULL, key, NULL) == 1 &&
               (id == NULL || EVP_PKEY_CTX_set1_id(operation, id, (int)idCount) == 1) &&
               EVP_DigestSign(context, signature, signatureCount, message, count) == 1;
    EVP_MD_CTX_free(context);
    return done;
}

static inline int shim_verify(EVP_PKEY *key, const char *digest, const void *id, size_t idCount, const void *message,
                              size_t count, const unsigned char *signature, size_t signatureCount) {
    EVP_PKEY_CTX *operation = NULL;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    int done = context != NULL && EVP_DigestVerifyInit_ex(context, &operation, digest, NULL, NULL, key, NULL) == 1 &&
               (id == NULL || EVP_PKEY_CTX_set1_id(operation, id, (int)idCount) == 1) &&
               EVP_DigestVerify(context, signature, signatureCount, message, count) == 1;
    EVP_MD_CTX_free(context);
    ERR_clear_error();
    return done;
}

static inline int shim_private_der(EVP_PKEY *key, unsigned char **der) {
    PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8(key);
    *der = NULL;
    int count = info ? i2d_PKCS8_PRIV_KEY_INFO(info, der) : 0;
    PKCS8_PRIV_KEY_INFO_free(info);
    return count;
}

static inline void shim_free(void *memory, size_t count) { OPENSSL_clear_free(memory, count); }
