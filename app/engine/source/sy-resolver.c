/* sy-resolver.c: name look-ups that hold up nobody else
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GLib's own resolver looks names up in the pool of ten threads that GTask has
 * for everything, and getaddrinfo() may take half a minute when no name server
 * answers. A few such backends would hold up each other, the keyring and the
 * file dialog. Here each name has a thread of its own while it is looked up,
 * and whoever asks for it meanwhile waits for the same thread: a backend that
 * tries again and again never has more than one for each kind of address.
 *
 * Cancelling ends the waiting at once; the thread ends when getaddrinfo() does.
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-resolver.h"

#include <netdb.h>
#include <string.h>
#include <sys/socket.h>

#define MAX_LOOKUPS 256

struct _SyResolver
{
  GResolver   parent_instance;

  GResolver  *usual;   /* (owned): what is not about names */

  /* Shared, under the lock. */
  GMutex      lock;
  GHashTable *lookups; /* (owned): char* to Lookup (unowned): under way */
};

typedef struct
{
  SyResolver              *resolver; /* (owned) */
  char                    *key;      /* (owned) */
  char                    *name;     /* (owned) */
  GResolverNameLookupFlags flags;
  GPtrArray               *waiters;  /* (owned) (element-type Waiter): under the resolver's lock */
} Lookup;

/* Who waits: the look-up and the cancellation each have a reference. */
typedef struct
{
  SyResolver *resolver; /* (owned) */
  GTask      *task;     /* (owned) (nullable): under the resolver's lock; whoever takes it answers it */
} Waiter;

G_DEFINE_FINAL_TYPE (SyResolver, sy_resolver, G_TYPE_RESOLVER)

static void
waiter_clear (gpointer data)
{
  Waiter *self = data;

  g_clear_object (&self->task);
  g_object_unref (self->resolver);
}

static void
waiter_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, waiter_clear);
}

/* Returns: (transfer full) (nullable) */
static GTask *
take_task (Waiter *self)
{
  GTask *task;

  g_mutex_lock (&self->resolver->lock);
  task = g_steal_pointer (&self->task);
  g_mutex_unlock (&self->resolver->lock);

  return task;
}

static void
lookup_free (Lookup *self)
{
  g_ptr_array_unref (self->waiters);
  g_free (self->key);
  g_free (self->name);
  g_object_unref (self->resolver);
  g_free (self);
}

/* --- Looking up --- */

static int
get_family (GResolverNameLookupFlags flags)
{
  switch (flags)
    {
    case G_RESOLVER_NAME_LOOKUP_FLAGS_IPV4_ONLY:
      return AF_INET;
    case G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY:
      return AF_INET6;
    case G_RESOLVER_NAME_LOOKUP_FLAGS_DEFAULT:
    default:
      return AF_UNSPEC;
    }
}

static int
get_error_code (int status)
{
  switch (status)
    {
    case EAI_NONAME:
#ifdef EAI_NODATA
    case EAI_NODATA:
#endif
      return G_RESOLVER_ERROR_NOT_FOUND;
    case EAI_AGAIN:
      return G_RESOLVER_ERROR_TEMPORARY_FAILURE;
    default:
      return G_RESOLVER_ERROR_INTERNAL;
    }
}

static GList *
collect (const struct addrinfo *info)
{
  GList *addresses = NULL;

  for (; info != NULL; info = info->ai_next)
    {
      g_autoptr (GSocketAddress) address = g_socket_address_new_from_native (info->ai_addr, info->ai_addrlen);

      if (G_IS_INET_SOCKET_ADDRESS (address))
        addresses = g_list_prepend (addresses,
                                    g_object_ref (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address))));
    }

  return g_list_reverse (addresses);
}

/* Blocks for as long as the system likes. (transfer full) */
static GList *
look_up (const char                *name,
         GResolverNameLookupFlags   flags,
         GError                   **error)
{
  const struct addrinfo hints = {
    .ai_flags = AI_ADDRCONFIG,
    .ai_family = get_family (flags),
    .ai_socktype = SOCK_STREAM,
    .ai_protocol = IPPROTO_TCP,
  };
  struct addrinfo *info = NULL;
  const int status = getaddrinfo (name, NULL, &hints, &info);
  GList *addresses = NULL;

  if (status == 0)
    {
      addresses = collect (info);
      freeaddrinfo (info);
    }

  if (addresses == NULL)
    g_set_error (error, G_RESOLVER_ERROR, status != 0 ? get_error_code (status) : G_RESOLVER_ERROR_NOT_FOUND,
                 "%s: %s", name, status != 0 ? gai_strerror (status) : "no address");

  return addresses;
}

static void
free_addresses (gpointer data)
{
  g_resolver_free_addresses (data);
}

static void
answer (GTask        *task,
        GList        *addresses,
        const GError *error)
{
  if (addresses == NULL)
    g_task_return_error (task, g_error_copy (error));
  else
    g_task_return_pointer (task, g_list_copy_deep (addresses, (GCopyFunc) (void (*) (void)) g_object_ref, NULL),
                           free_addresses);
}

static gpointer
thread_main (gpointer data)
{
  Lookup *self = data;
  SyResolver *resolver = self->resolver;
  g_autoptr (GError) error = NULL;
  GList *addresses = look_up (self->name, self->flags, &error);

  /* From here on nobody joins it. */
  g_mutex_lock (&resolver->lock);
  g_hash_table_remove (resolver->lookups, self->key);
  g_mutex_unlock (&resolver->lock);

  for (guint i = 0; i < self->waiters->len; i++)
    {
      g_autoptr (GTask) task = take_task (g_ptr_array_index (self->waiters, i));

      if (task != NULL)
        answer (task, addresses, error);
    }

  g_resolver_free_addresses (addresses);
  lookup_free (self);
  return NULL;
}

/* --- Waiting --- */

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  g_autoptr (GTask) task = take_task (user_data);

  if (task != NULL)
    g_task_return_error_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

static void
completed_cb (GTask      *task,
              GParamSpec *pspec,
              GSource    *cancelled)
{
  g_source_destroy (cancelled);
}

static void
closure_unref_source (gpointer  data,
                      GClosure *closure)
{
  g_source_unref (data);
}

/* Until the task has been answered, its cancellation answers it. */
static void
watch (Waiter *waiter,
       GTask  *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  GSource *source;

  if (cancellable == NULL)
    return;

  source = g_cancellable_source_new (cancellable);
  g_source_set_callback (source, G_SOURCE_FUNC (cancelled_cb), g_atomic_rc_box_acquire (waiter), waiter_unref);
  g_source_set_priority (source, g_task_get_priority (task));
  g_source_set_static_name (source, "SyResolver cancelled");
  g_source_attach (source, g_task_get_context (task));
  g_signal_connect_data (task, "notify::completed", G_CALLBACK (completed_cb), source, closure_unref_source, 0);
}

/* The thread that looks @name up already, or a new one. With the lock held.
 * FALSE when there are too many. */
static gboolean
join (SyResolver              *self,
      const char              *name,
      GResolverNameLookupFlags flags,
      Waiter                  *waiter)
{
  g_autofree char *key = g_strdup_printf ("%d %s", get_family (flags), name);
  Lookup *lookup = g_hash_table_lookup (self->lookups, key);
  GThread *thread;

  if (lookup != NULL)
    {
      g_ptr_array_add (lookup->waiters, g_atomic_rc_box_acquire (waiter));
      return TRUE;
    }

  if (g_hash_table_size (self->lookups) >= MAX_LOOKUPS)
    return FALSE;

  lookup = g_new0 (Lookup, 1);
  lookup->resolver = g_object_ref (self);
  lookup->key = g_steal_pointer (&key);
  lookup->name = g_strdup (name);
  lookup->flags = flags;
  lookup->waiters = g_ptr_array_new_with_free_func (waiter_unref);
  g_ptr_array_add (lookup->waiters, g_atomic_rc_box_acquire (waiter));
  g_hash_table_insert (self->lookups, lookup->key, lookup);

  thread = g_thread_try_new ("sy-lookup", thread_main, lookup, NULL);
  if (thread == NULL)
    {
      g_hash_table_remove (self->lookups, lookup->key);
      lookup_free (lookup);
      return FALSE;
    }

  g_thread_unref (thread);
  return TRUE;
}

/* --- GResolver --- */

static void
lookup_with_flags_async (GResolver               *resolver,
                         const char              *name,
                         GResolverNameLookupFlags flags,
                         GCancellable            *cancellable,
                         GAsyncReadyCallback      callback,
                         gpointer                 user_data)
{
  SyResolver *self = SY_RESOLVER (resolver);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Waiter *waiter = g_atomic_rc_box_new0 (Waiter);
  gboolean has_joined;

  g_task_set_source_tag (task, lookup_with_flags_async);
  waiter->resolver = g_object_ref (self);
  waiter->task = g_object_ref (task);
  watch (waiter, task);

  g_mutex_lock (&self->lock);
  has_joined = join (self, name, flags, waiter);
  g_mutex_unlock (&self->lock);

  if (!has_joined)
    {
      g_autoptr (GTask) refused = take_task (waiter);

      if (refused != NULL)
        g_task_return_new_error (refused, G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE,
                                 "%s: too many names are being looked up", name);
    }

  waiter_unref (waiter);
}

static void
lookup_async (GResolver           *resolver,
              const char          *name,
              GCancellable        *cancellable,
              GAsyncReadyCallback  callback,
              gpointer             user_data)
{
  lookup_with_flags_async (resolver, name, G_RESOLVER_NAME_LOOKUP_FLAGS_DEFAULT, cancellable, callback, user_data);
}

static GList *
lookup_finish (GResolver     *resolver,
               GAsyncResult  *result,
               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, resolver), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static GList *
lookup_with_flags (GResolver                *resolver,
                   const char               *name,
                   GResolverNameLookupFlags  flags,
                   GCancellable             *cancellable,
                   GError                  **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  return look_up (name, flags, error);
}

static GList *
lookup_sync (GResolver     *resolver,
             const char    *name,
             GCancellable  *cancellable,
             GError       **error)
{
  return lookup_with_flags (resolver, name, G_RESOLVER_NAME_LOOKUP_FLAGS_DEFAULT, cancellable, error);
}

/* What metrics do not need is the usual resolver's. */
static char *
by_address (GResolver     *resolver,
            GInetAddress  *address,
            GCancellable  *cancellable,
            GError       **error)
{
  return g_resolver_lookup_by_address (SY_RESOLVER (resolver)->usual, address, cancellable, error);
}

static void
by_address_async (GResolver           *resolver,
                  GInetAddress        *address,
                  GCancellable        *cancellable,
                  GAsyncReadyCallback  callback,
                  gpointer             user_data)
{
  g_resolver_lookup_by_address_async (SY_RESOLVER (resolver)->usual, address, cancellable, callback, user_data);
}

static char *
by_address_finish (GResolver     *resolver,
                   GAsyncResult  *result,
                   GError       **error)
{
  return g_resolver_lookup_by_address_finish (SY_RESOLVER (resolver)->usual, result, error);
}

static GList *
records (GResolver            *resolver,
         const char           *name,
         GResolverRecordType   type,
         GCancellable         *cancellable,
         GError              **error)
{
  return g_resolver_lookup_records (SY_RESOLVER (resolver)->usual, name, type, cancellable, error);
}

static void
records_async (GResolver           *resolver,
               const char          *name,
               GResolverRecordType  type,
               GCancellable        *cancellable,
               GAsyncReadyCallback  callback,
               gpointer             user_data)
{
  g_resolver_lookup_records_async (SY_RESOLVER (resolver)->usual, name, type, cancellable, callback, user_data);
}

static GList *
records_finish (GResolver     *resolver,
                GAsyncResult  *result,
                GError       **error)
{
  return g_resolver_lookup_records_finish (SY_RESOLVER (resolver)->usual, result, error);
}

static void
sy_resolver_finalize (GObject *object)
{
  SyResolver *self = SY_RESOLVER (object);

  g_clear_object (&self->usual);
  g_hash_table_unref (self->lookups);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (sy_resolver_parent_class)->finalize (object);
}

static void
sy_resolver_class_init (SyResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sy_resolver_finalize;
  resolver_class->lookup_by_name = lookup_sync;
  resolver_class->lookup_by_name_async = lookup_async;
  resolver_class->lookup_by_name_finish = lookup_finish;
  resolver_class->lookup_by_name_with_flags = lookup_with_flags;
  resolver_class->lookup_by_name_with_flags_async = lookup_with_flags_async;
  resolver_class->lookup_by_name_with_flags_finish = lookup_finish;
  resolver_class->lookup_by_address = by_address;
  resolver_class->lookup_by_address_async = by_address_async;
  resolver_class->lookup_by_address_finish = by_address_finish;
  resolver_class->lookup_records = records;
  resolver_class->lookup_records_async = records_async;
  resolver_class->lookup_records_finish = records_finish;
}

static void
sy_resolver_init (SyResolver *self)
{
  g_mutex_init (&self->lock);
  self->lookups = g_hash_table_new (g_str_hash, g_str_equal);
}

void
sy_resolver_install (void)
{
  static gsize is_installed = 0;

  if (g_once_init_enter (&is_installed))
    {
      g_autoptr (SyResolver) self = g_object_new (SY_TYPE_RESOLVER, NULL);

      self->usual = g_resolver_get_default ();
      g_resolver_set_default (G_RESOLVER (self));
      g_once_init_leave (&is_installed, 1);
    }
}
