/*
 * Joins two TUN devices, each in its own network namespace, by an emulated link.
 *
 *   link LEFT_NAMESPACE RIGHT_NAMESPACE RATE_BYTES_PER_S DELAY_NS JITTER_NS QUEUE_BYTES LOSS BURST SEED MTU
 *
 * Each direction, in a thread of its own: read from the TUN -> drop-tail queue in bytes, drained at the rate by a virtual clock ->
 * loss (independent, or Gilbert with a mean run of BURST) -> delay and jitter, keeping order -> write to the other TUN. Loss comes
 * after the bottleneck: what is lost has used capacity. Commands on standard input, one a line: "stats" prints a line of JSON,
 * "reset" sets the statistics to zero; at its end the program stops. The devices are called "link0" in both namespaces.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <math.h>
#include <net/if.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MAX_PACKET 65536
#define BATCH 64
#define IDLE_NS 200000000ull

struct settings {
  double rate; /* bytes per nanosecond, 0 = unlimited */
  double delay_ns, jitter_ns, loss, burst;
  uint64_t queue_bytes;
  int mtu;
};

struct statistics {
  uint64_t offered, delivered, queue_drops, loss_drops, write_errors, bytes, queued, queue_ns, max_queue_bytes, late_ns, max_late_ns;
};

struct packet {
  uint64_t due;
  uint32_t length;
  unsigned char bytes[];
};

struct direction {
  int in, out, bad;
  uint64_t random, free_at, last_due;
  struct packet **ring; /* in order of due */
  size_t capacity, head, count;
  struct statistics statistics;
  pthread_mutex_t lock;
};

static struct settings settings;
static struct direction directions[2];
static volatile int stopped;

static uint64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000ull + (uint64_t)t.tv_nsec;
}

/* xorshift64: uniform in [0, 1) */
static double uniform(uint64_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return (double)(*state >> 11) / 9007199254740992.0;
}

static double gaussian(uint64_t *state) {
  double u = uniform(state) + 1e-12, v = uniform(state);
  return sqrt(-2 * log(u)) * cos(6.283185307179586 * v);
}

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static int open_tun(const char *namespace) {
  char path[256];
  snprintf(path, sizeof path, "/var/run/netns/%s", namespace);
  int handle = open(path, O_RDONLY);
  if (handle < 0 || setns(handle, CLONE_NEWNET)) fail(path);
  close(handle);
  int tun = open("/dev/net/tun", O_RDWR | O_NONBLOCK);
  if (tun < 0) fail("/dev/net/tun");
  struct ifreq request = {0};
  strcpy(request.ifr_name, "link0");
  request.ifr_flags = IFF_TUN | IFF_NO_PI; /* no vnet header: the kernel finishes checksums and makes no super packets */
  if (ioctl(tun, TUNSETIFF, &request)) fail("TUNSETIFF");
  int control = socket(AF_INET, SOCK_DGRAM, 0);
  request.ifr_mtu = settings.mtu;
  if (ioctl(control, SIOCSIFMTU, &request)) fail("SIOCSIFMTU");
  request.ifr_qlen = 2000;
  if (ioctl(control, SIOCSIFTXQLEN, &request)) fail("SIOCSIFTXQLEN");
  close(control);
  return tun;
}

/* Gilbert: P(bad -> good) = 1/burst, P(good -> bad) = loss / (burst (1 - loss)) */
static int loses(struct direction *d) {
  if (settings.loss <= 0) return 0;
  if (settings.burst <= 1) return uniform(&d->random) < settings.loss;
  double change = d->bad ? 1 / settings.burst : settings.loss / (settings.burst * (1 - settings.loss));
  if (uniform(&d->random) < change) d->bad = !d->bad;
  return d->bad;
}

static void push(struct direction *d, struct packet *packet) {
  if (d->count == d->capacity) {
    size_t capacity = d->capacity ? 2 * d->capacity : 4096;
    struct packet **ring = malloc(capacity * sizeof *ring);
    if (!ring) fail("malloc");
    for (size_t i = 0; i < d->count; i++) ring[i] = d->ring[(d->head + i) % d->capacity];
    free(d->ring);
    d->ring = ring;
    d->capacity = capacity;
    d->head = 0;
  }
  d->ring[(d->head + d->count++) % d->capacity] = packet;
}

static void deliver_due(struct direction *d) {
  uint64_t now = now_ns();
  while (d->count && d->ring[d->head]->due <= now) {
    struct packet *packet = d->ring[d->head];
    ssize_t written = write(d->out, packet->bytes, packet->length);
    uint64_t late = now - packet->due;
    pthread_mutex_lock(&d->lock);
    if (written < 0) d->statistics.write_errors++;
    else {
      d->statistics.delivered++;
      d->statistics.bytes += packet->length;
    }
    d->statistics.late_ns += late;
    if (late > d->statistics.max_late_ns) d->statistics.max_late_ns = late;
    pthread_mutex_unlock(&d->lock);
    d->head = (d->head + 1) % d->capacity;
    d->count--;
    free(packet);
    now = now_ns();
  }
}

/* Returns when the packet has left the bottleneck; 0 when the queue was full. */
static uint64_t serialise(struct direction *d, uint64_t now, size_t length) {
  if (settings.rate <= 0) return now;
  uint64_t start = d->free_at > now ? d->free_at : now;
  uint64_t backlog = (uint64_t)((double)(start - now) * settings.rate);
  if (backlog + length > settings.queue_bytes) {
    d->statistics.queue_drops++;
    return 0;
  }
  d->statistics.queued++;
  d->statistics.queue_ns += start - now;
  if (backlog > d->statistics.max_queue_bytes) d->statistics.max_queue_bytes = backlog;
  d->free_at = start + (uint64_t)((double)length / settings.rate);
  return d->free_at;
}

static void accept_packet(struct direction *d, const unsigned char *bytes, size_t length) {
  if (bytes[0] >> 4 != 4) return; /* IPv6 neighbour noise */
  uint64_t now = now_ns();
  pthread_mutex_lock(&d->lock);
  d->statistics.offered++;
  uint64_t done = serialise(d, now, length);
  int lost = done && loses(d);
  if (lost) d->statistics.loss_drops++;
  pthread_mutex_unlock(&d->lock);
  if (!done || lost) return;
  double delay = settings.delay_ns;
  if (settings.jitter_ns > 0) delay = fmax(0, delay + gaussian(&d->random) * settings.jitter_ns);
  struct packet *packet = malloc(sizeof *packet + length);
  if (!packet) fail("malloc");
  packet->length = (uint32_t)length;
  memcpy(packet->bytes, bytes, length);
  packet->due = done + (uint64_t)delay;
  if (packet->due < d->last_due) packet->due = d->last_due;
  d->last_due = packet->due;
  push(d, packet);
}

static void *run(void *argument) {
  struct direction *d = argument;
  unsigned char *buffer = malloc(MAX_PACKET);
  if (!buffer) fail("malloc");
  prctl(PR_SET_TIMERSLACK, 1);
  while (!stopped) {
    deliver_due(d);
    int taken = 0;
    for (; taken < BATCH; taken++) {
      ssize_t length = read(d->in, buffer, MAX_PACKET);
      if (length <= 0) break;
      accept_packet(d, buffer, (size_t)length);
    }
    if (taken) continue;
    uint64_t wait = IDLE_NS, now = now_ns();
    if (d->count) {
      uint64_t due = d->ring[d->head]->due;
      if (due <= now) continue;
      if (due - now < wait) wait = due - now;
    }
    struct timespec timeout = {0, (long)wait};
    struct pollfd poll_in = {d->in, POLLIN, 0};
    ppoll(&poll_in, 1, &timeout, NULL);
  }
  free(buffer);
  return NULL;
}

static void print_direction(const char *name, struct direction *d) {
  pthread_mutex_lock(&d->lock);
  struct statistics s = d->statistics;
  pthread_mutex_unlock(&d->lock);
  uint64_t written = s.delivered + s.write_errors;
  printf("\"%s\":{\"offered\":%llu,\"delivered\":%llu,\"bytes\":%llu,\"queueDrops\":%llu,\"lossDrops\":%llu,\"writeErrors\":%llu,"
         "\"maxQueueBytes\":%llu,\"meanQueueMs\":%.3f,\"meanLateUs\":%.1f,\"maxLateUs\":%.1f}",
         name, (unsigned long long)s.offered, (unsigned long long)s.delivered, (unsigned long long)s.bytes,
         (unsigned long long)s.queue_drops, (unsigned long long)s.loss_drops, (unsigned long long)s.write_errors,
         (unsigned long long)s.max_queue_bytes, s.queued ? (double)s.queue_ns / 1e6 / (double)s.queued : 0.0,
         written ? (double)s.late_ns / 1e3 / (double)written : 0.0, (double)s.max_late_ns / 1e3);
}

static void print_statistics(void) {
  printf("{");
  print_direction("leftToRight", &directions[0]);
  printf(",");
  print_direction("rightToLeft", &directions[1]);
  printf("}\n");
  fflush(stdout);
}

static void reset_statistics(void) {
  for (int i = 0; i < 2; i++) {
    pthread_mutex_lock(&directions[i].lock);
    memset(&directions[i].statistics, 0, sizeof directions[i].statistics);
    pthread_mutex_unlock(&directions[i].lock);
  }
  puts("reset");
  fflush(stdout);
}

int main(int count, char **values) {
  if (count != 11) {
    fprintf(stderr, "link LEFT RIGHT RATE_BYTES_PER_S DELAY_NS JITTER_NS QUEUE_BYTES LOSS BURST SEED MTU\n");
    return 2;
  }
  settings = (struct settings){.rate = atof(values[3]) / 1e9, .delay_ns = atof(values[4]), .jitter_ns = atof(values[5]),
                               .loss = atof(values[7]), .burst = atof(values[8]),
                               .queue_bytes = strtoull(values[6], NULL, 10), .mtu = atoi(values[10])};
  uint64_t seed = strtoull(values[9], NULL, 10);
  int left = open_tun(values[1]), right = open_tun(values[2]);
  int ends[2][2] = {{left, right}, {right, left}};
  pthread_t threads[2];
  for (int i = 0; i < 2; i++) {
    directions[i] = (struct direction){.in = ends[i][0], .out = ends[i][1], .lock = PTHREAD_MUTEX_INITIALIZER,
                                       .random = (seed + 1) * 0x9e3779b97f4a7c15ull + (uint64_t)i * 0xd1b54a32d192ed03ull};
    for (int skip = 0; skip < 20; skip++) uniform(&directions[i].random);
    if (pthread_create(&threads[i], NULL, run, &directions[i])) fail("pthread_create");
  }
  puts("ready");
  fflush(stdout);
  char line[64];
  while (fgets(line, sizeof line, stdin)) {
    if (!strncmp(line, "reset", 5)) reset_statistics();
    else print_statistics();
  }
  stopped = 1;
  for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
  return 0;
}
