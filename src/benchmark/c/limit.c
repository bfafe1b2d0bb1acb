// The physical limit: what the kernel alone takes to bring the same bytes to the same sockets.
//
//   cc -O2 -pthread -o limit limit.c
//   ./limit PORT WRITERS PORTION
//
// POST /publish takes events, one a line, and is answered when they are in memory. GET /follow is sent every event from
// then on, framed as Trailcast's. Nothing is kept, filtered, parsed, or found out about a reader.
//
//   main: accepts, reads requests ──► ring of frames ──► writers, each with its share of the sockets
//
// Portions are Trailcast's, too. A socket is written to at once where there is time; where the writers are busy, each
// write lingers for company, as dev.trailcast.stream.pump.Linger has it. A write is as much as has come by then, up to
// PORTION bytes, as one chunk, by one system call. Writes block: who does not read holds its writer, and with it everybody.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define LONGEST (64 * 1024)    // bytes of a frame
#define RING (32ull << 20)     // bytes of frames, as of Trailcast's tail; who publishes waits where a writer is behind it
#define MOST_WRITERS 64
#define MILLISECOND 1000000ll  // in nanoseconds, as all times

static void die(const char *what) {
  perror(what);
  exit(1);
}

static int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000 * MILLISECOND + t.tv_nsec;
}

static void sleep_for(int64_t nanos) {
  struct timespec t = {nanos / (1000 * MILLISECOND), nanos % (1000 * MILLISECOND)};
  nanosleep(&t, NULL);
}

// ---- the ring: guarded by `lock`, but the bytes between a writer's cursors and the head, which nobody changes

static char *ring;
static uint64_t head; // of all bytes there ever were
static uint64_t events;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t more = PTHREAD_COND_INITIALIZER;

typedef struct {
  int fd;
  uint64_t cursor;
} Reader;

// Only its thread uses the readers and the pace; the rest is guarded by `lock`.
typedef struct {
  Reader *readers;
  int count, room;
  int64_t delay, busy, window; // see Linger
  Reader *arrived;
  int arrived_count, arrived_room;
  uint64_t slowest; // the cursor that is the farthest behind
} Writer;

static Writer writers[MOST_WRITERS];
static int writer_count;
static size_t portion;

static void add(Reader **all, int *count, int *room, Reader one) {
  if (*count == *room) {
    *room = *room ? *room * 2 : 256;
    *all = realloc(*all, *room * sizeof one);
    if (!*all) die("realloc");
  }
  (*all)[(*count)++] = one;
}

// ---- writers

static int write_all(int fd, struct iovec *parts, int count) {
  while (count) {
    ssize_t written = writev(fd, parts, count);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return 0;
    while (count && (size_t)written >= parts->iov_len) {
      written -= parts->iov_len;
      parts++, count--;
    }
    if (count) {
      parts->iov_base = (char *)parts->iov_base + written;
      parts->iov_len -= written;
    }
  }
  return 1;
}

// As a chunk (RFC 9112, section 7.1).
static int write_portion(int fd, uint64_t from, size_t length) {
  char size[24];
  size_t at = from % RING, first = length < RING - at ? length : RING - at;
  struct iovec parts[] = {
      {size, sprintf(size, "%zx\r\n", length)}, {ring + at, first}, {ring, length - first}, {"\r\n", 2}};
  return write_all(fd, parts, 4);
}

// Returns whether some have more to get: they were sent as much as a write is.
static int write_round(Writer *w, uint64_t upto) {
  int unfinished = 0;
  for (int i = 0; i < w->count;) {
    Reader *r = &w->readers[i];
    size_t length = upto - r->cursor;
    if (length > portion) {
      length = portion;
      unfinished = 1;
    }
    if (length && !write_portion(r->fd, r->cursor, length)) {
      close(r->fd);
      *r = w->readers[--w->count];
      continue;
    }
    r->cursor += length;
    i++;
  }
  return unfinished;
}

static uint64_t slowest(Writer *w, uint64_t upto) {
  for (int i = 0; i < w->count; i++)
    if (w->readers[i].cursor < upto) upto = w->readers[i].cursor;
  return upto;
}

// Each writer by itself: it is as busy as the others.
static void adjust(Writer *w, int64_t time) {
  int64_t window = time - w->window;
  if (window < 100 * MILLISECOND) return;
  double share = (double)w->busy / window;
  w->window = time;
  w->busy = 0;
  if (share > 0.5) {
    w->delay = w->delay ? w->delay * 2 : MILLISECOND;
    if (w->delay > 50 * MILLISECOND) w->delay = 50 * MILLISECOND;
  } else if (share < 0.3) {
    w->delay = w->delay > MILLISECOND ? w->delay / 2 : 0;
  }
}

static void *write_on(void *arg) {
  Writer *w = arg;
  uint64_t done = 0; // everybody has got what is before it
  int unfinished = 0;
  int64_t begun = 0;
  for (;;) {
    pthread_mutex_lock(&lock);
    w->slowest = unfinished ? slowest(w, done) : done;
    while (!unfinished && head == done && !w->arrived_count) pthread_cond_wait(&more, &lock);
    pthread_mutex_unlock(&lock);

    int64_t early = begun + w->delay - now();
    if (!unfinished && early > 0) sleep_for(early);

    pthread_mutex_lock(&lock);
    for (int i = 0; i < w->arrived_count; i++) add(&w->readers, &w->count, &w->room, w->arrived[i]);
    w->arrived_count = 0;
    done = head;
    pthread_mutex_unlock(&lock);

    begun = now();
    unfinished = write_round(w, done);
    int64_t ended = now();
    w->busy += ended - begun;
    adjust(w, ended);
  }
  return NULL;
}

// ---- requests

// One that may still become a reader's. Only main.
typedef struct {
  int fd;
  size_t length, room;
  char *bytes;
} Connection;

static void publish(const char *bytes, size_t length) {
  static char frame[LONGEST];
  const char *end = bytes + length;
  pthread_mutex_lock(&lock);
  while (bytes < end) {
    const char *line = memchr(bytes, '\n', end - bytes);
    if (!line) line = end;
    if (line > bytes) {
      int n = snprintf(
          frame, sizeof frame, "data: %.*s\nid: limit1-%ju\n\n", (int)(line - bytes), bytes, (uintmax_t)++events);
      if (n >= (int)sizeof frame) n = sizeof frame - 1;
      for (int i = 0; i < writer_count;) {
        if (head + n - writers[i].slowest <= RING) {
          i++;
        } else {
          pthread_cond_broadcast(&more);
          pthread_mutex_unlock(&lock);
          sleep_for(MILLISECOND);
          pthread_mutex_lock(&lock);
        }
      }
      size_t at = head % RING, first = (size_t)n < RING - at ? (size_t)n : RING - at;
      memcpy(ring + at, frame, first);
      memcpy(ring, frame + first, n - first);
      head += n;
    }
    bytes = line + 1;
  }
  pthread_cond_broadcast(&more);
  pthread_mutex_unlock(&lock);
}

static void answer(int fd, const char *text) {
  struct iovec part = {(void *)text, strlen(text)};
  write_all(fd, &part, 1); // it is short: a socket that is read has room for it
}

static void follow(int fd) {
  static int next;
  answer(fd,
         "HTTP/1.1 200 OK\r\n"
         "Content-Type: text/event-stream;charset=UTF-8\r\n"
         "Cache-Control: no-store, no-transform\r\n"
         "X-Accel-Buffering: no\r\n"
         "Transfer-Encoding: chunked\r\n\r\n"
         "4\r\n:hb\n\r\n");
  fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
  Writer *w = &writers[next++ % writer_count];
  pthread_mutex_lock(&lock);
  add(&w->arrived, &w->arrived_count, &w->arrived_room, (Reader){fd, head});
  pthread_cond_broadcast(&more);
  pthread_mutex_unlock(&lock);
}

typedef enum { WAITS, ANSWERED, FOLLOWS, GONE } Outcome;

// Answers the request at the beginning of what has come, if it is whole.
static Outcome serve(Connection *c) {
  char *body = memmem(c->bytes, c->length, "\r\n\r\n", 4);
  if (!body) return WAITS;
  *body = 0;
  body += 4;
  char *header = strcasestr(c->bytes, "\r\nContent-Length:");
  size_t head_length = body - c->bytes, body_length = header ? strtoul(header + 17, NULL, 10) : 0;
  if (c->length < head_length + body_length) {
    body[-4] = '\r';
    return WAITS;
  }
  if (!strncmp(c->bytes, "GET /follow ", 12)) return FOLLOWS;
  if (!strncmp(c->bytes, "POST /publish ", 14)) {
    publish(body, body_length);
    answer(c->fd, "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
  } else {
    answer(c->fd, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  }
  c->length -= head_length + body_length;
  memmove(c->bytes, body + body_length, c->length);
  return ANSWERED;
}

static Outcome receive(Connection *c) {
  if (c->room - c->length < LONGEST) {
    c->room = c->room ? c->room * 2 : 2 * LONGEST;
    c->bytes = realloc(c->bytes, c->room);
    if (!c->bytes) die("realloc");
  }
  ssize_t length = read(c->fd, c->bytes + c->length, c->room - c->length - 1);
  if (length < 0 && (errno == EAGAIN || errno == EINTR)) return WAITS;
  if (length <= 0) return GONE;
  c->length += length;
  c->bytes[c->length] = 0;
  Outcome outcome;
  do {
    outcome = serve(c);
  } while (outcome == ANSWERED);
  return outcome;
}

static void accept_from(int listener, int poll) {
  int one = 1, fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
  if (fd < 0) return;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  Connection *c = calloc(1, sizeof *c);
  if (!c) die("calloc");
  c->fd = fd;
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
  epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event);
}

static void read_from(Connection *c, int poll) {
  Outcome outcome = receive(c);
  if (outcome == WAITS) return;
  epoll_ctl(poll, EPOLL_CTL_DEL, c->fd, NULL);
  if (outcome == FOLLOWS) {
    follow(c->fd);
  } else {
    close(c->fd);
  }
  free(c->bytes);
  free(c);
}

static void serve_requests(int port) {
  int one = 1, listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), poll = epoll_create1(0);
  struct sockaddr_in address = {
      .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 4096)) die("listen");
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL}, came[64]; // the listener has no connection
  epoll_ctl(poll, EPOLL_CTL_ADD, listener, &event);
  for (;;) {
    int count = epoll_wait(poll, came, 64, -1);
    for (int i = 0; i < count; i++) {
      if (came[i].data.ptr) {
        read_from(came[i].data.ptr, poll);
      } else {
        accept_from(listener, poll);
      }
    }
  }
}

int main(int argc, char **argv) {
  if (argc != 4) {
    fprintf(stderr, "limit PORT WRITERS PORTION\n");
    return 2;
  }
  writer_count = atoi(argv[2]);
  portion = strtoul(argv[3], NULL, 10);
  if (writer_count < 1 || writer_count > MOST_WRITERS || !portion) {
    fprintf(stderr, "WRITERS must be from 1 to %d, not %s, and PORTION at least 1, not %s\n", MOST_WRITERS, argv[2], argv[3]);
    return 2;
  }
  signal(SIGPIPE, SIG_IGN);
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  ring = malloc(RING);
  if (!ring) die("malloc");
  for (int i = 0; i < writer_count; i++) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, write_on, &writers[i])) die("pthread_create");
  }
  serve_requests(atoi(argv[1]));
}
