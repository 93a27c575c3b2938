// What Swift cannot import from libcurl: its options are set by one variadic function. Nothing here keeps state.
#pragma once
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

static inline CURLcode shim_curl_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode shim_curl_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode shim_curl_headers(CURL *handle, struct curl_slist *headers) {
    return curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
}

// The body is copied.
static inline CURLcode shim_curl_body(CURL *handle, const void *bytes, size_t count) {
    CURLcode sized = curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
    return sized != CURLE_OK ? sized : curl_easy_setopt(handle, CURLOPT_COPYPOSTFIELDS, bytes);
}

static inline CURLcode shim_curl_writer(CURL *handle, size_t (*take)(char *, size_t, size_t, void *), void *context) {
    CURLcode set = curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take);
    return set != CURLE_OK ? set : curl_easy_setopt(handle, CURLOPT_WRITEDATA, context);
}

static inline CURLcode shim_curl_sockets(CURL *handle,
                                         curl_socket_t (*open)(void *, curlsocktype, struct curl_sockaddr *),
                                         void *context) {
    CURLcode set = curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, open);
    return set != CURLE_OK ? set : curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, context);
}

static inline CURLcode shim_curl_watch(CURL *handle,
                                       int (*watch)(void *, curl_off_t, curl_off_t, curl_off_t, curl_off_t),
                                       void *context) {
    CURLcode set = curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, watch);
    return set != CURLE_OK ? set : curl_easy_setopt(handle, CURLOPT_XFERINFODATA, context);
}

static inline CURLcode shim_curl_status(CURL *handle, long *status) {
    return curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, status);
}

static inline CURLcode shim_curl_recipients(CURL *handle, struct curl_slist *recipients) {
    return curl_easy_setopt(handle, CURLOPT_MAIL_RCPT, recipients);
}

// What is uploaded, and how long it is.
static inline CURLcode shim_curl_reader(CURL *handle, size_t (*give)(char *, size_t, size_t, void *), void *context,
                                        size_t count) {
    CURLcode set = curl_easy_setopt(handle, CURLOPT_READFUNCTION, give);
    if (set == CURLE_OK) set = curl_easy_setopt(handle, CURLOPT_READDATA, context);
    return set != CURLE_OK ? set : curl_easy_setopt(handle, CURLOPT_INFILESIZE_LARGE, (curl_off_t)count);
}
