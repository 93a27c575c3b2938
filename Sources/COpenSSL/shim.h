// What Swift cannot import from OpenSSL 3 (macros, variadics) or would call many times per digest. Every function answers 1 for
// success and 0 for failure, as OpenSSL does; none keeps state.
#pragma once
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/core_names.h>
#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/param_build.h>
#include <openssl/params.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
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

// Public keys of numbers, as RFC 7518 writes them. Nil for what is no key of the kind.
static inline EVP_PKEY *shim_public_key(const char *type, OSSL_PARAM_BLD *build) {
    EVP_PKEY *key = NULL;
    OSSL_PARAM *parameters = OSSL_PARAM_BLD_to_param(build);
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
    if (parameters != NULL && context != NULL && EVP_PKEY_fromdata_init(context) == 1)
        EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, parameters);
    EVP_PKEY_CTX_free(context);
    OSSL_PARAM_free(parameters);
    ERR_clear_error();
    return key;
}

static inline EVP_PKEY *shim_rsa_key(const unsigned char *modulus, size_t modulusCount, const unsigned char *exponent,
                                     size_t exponentCount) {
    EVP_PKEY *key = NULL;
    BIGNUM *n = BN_bin2bn(modulus, (int)modulusCount, NULL), *e = BN_bin2bn(exponent, (int)exponentCount, NULL);
    OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
    if (n != NULL && e != NULL && build != NULL && OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_N, n) == 1 &&
        OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_E, e) == 1)
        key = shim_public_key("RSA", build);
    OSSL_PARAM_BLD_free(build);
    BN_free(n);
    BN_free(e);
    return key;
}

// `point`: 0x04, x, y. A point that is not on the curve is no key.
static inline EVP_PKEY *shim_p256_key(const unsigned char *point, size_t count) {
    EVP_PKEY *key = NULL;
    OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
    if (build != NULL && OSSL_PARAM_BLD_push_utf8_string(build, OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0) == 1 &&
        OSSL_PARAM_BLD_push_octet_string(build, OSSL_PKEY_PARAM_PUB_KEY, point, count) == 1)
        key = shim_public_key("EC", build);
    OSSL_PARAM_BLD_free(build);
    return key;
}

static inline EVP_PKEY *shim_ed25519_key(const unsigned char *bytes, size_t count) {
    EVP_PKEY *key = EVP_PKEY_new_raw_public_key_ex(NULL, "ED25519", NULL, bytes, count);
    ERR_clear_error();
    return key;
}

// PKCS #1 v1.5, or PSS with a salt as long as the digest (RFC 7518 §3.5), both with SHA-256.
static inline int shim_rsa_padding(EVP_PKEY_CTX *operation, int isPSS) {
    return isPSS ? EVP_PKEY_CTX_set_rsa_padding(operation, RSA_PKCS1_PSS_PADDING) == 1 &&
                       EVP_PKEY_CTX_set_rsa_mgf1_md_name(operation, "SHA256", NULL) == 1 &&
                       EVP_PKEY_CTX_set_rsa_pss_saltlen(operation, RSA_PSS_SALTLEN_DIGEST) == 1
                 : EVP_PKEY_CTX_set_rsa_padding(operation, RSA_PKCS1_PADDING) == 1;
}

static inline int shim_rsa_verify(EVP_PKEY *key, int isPSS, const void *message, size_t count,
                                  const unsigned char *signature, size_t signatureCount) {
    EVP_PKEY_CTX *operation = NULL;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    int done = context != NULL && EVP_DigestVerifyInit_ex(context, &operation, "SHA256", NULL, NULL, key, NULL) == 1 &&
               shim_rsa_padding(operation, isPSS) &&
               EVP_DigestVerify(context, signature, signatureCount, message, count) == 1;
    EVP_MD_CTX_free(context);
    ERR_clear_error();
    return done;
}

// `pair`: r and s, 32 bytes each, as RFC 7518 §3.4 joins them.
static inline int shim_p256_verify(EVP_PKEY *key, const void *message, size_t count, const unsigned char *pair) {
    unsigned char *der = NULL;
    ECDSA_SIG *signature = ECDSA_SIG_new();
    BIGNUM *r = BN_bin2bn(pair, 32, NULL), *s = BN_bin2bn(pair + 32, 32, NULL);
    int done = 0;
    if (signature != NULL && r != NULL && s != NULL && ECDSA_SIG_set0(signature, r, s) == 1) {
        int size = i2d_ECDSA_SIG(signature, &der);
        done = size > 0 && shim_verify(key, "SHA256", NULL, 0, message, count, der, (size_t)size);
    } else {
        BN_free(r);
        BN_free(s);
    }
    ECDSA_SIG_free(signature);
    OPENSSL_free(der);
    ERR_clear_error();
    return done;
}

static inline int shim_sha512(const void *bytes, size_t count, unsigned char *digest) {
    size_t size = 0;
    return EVP_Q_digest(NULL, "SHA2-512", NULL, bytes, count, digest, &size) == 1 && size == 64;
}
