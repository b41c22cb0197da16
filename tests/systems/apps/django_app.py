"""Django with django-prometheus, in one file, for gunicorn.
SPDX-License-Identifier: GPL-3.0-or-later"""
import time

import django
from django.conf import settings

from service import BUCKETS, compute

settings.configure(
    ALLOWED_HOSTS=['127.0.0.1'],
    INSTALLED_APPS=['django_prometheus'],
    MIDDLEWARE=[f'{__name__}.Before', f'{__name__}.After'],
    PROMETHEUS_EXPORT_MIGRATIONS=False,
    ROOT_URLCONF=__name__,
    SECRET_KEY='of a test, on loopback',
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.http import JsonResponse  # noqa: E402
from django.urls import include, path  # noqa: E402
from django_prometheus import middleware  # noqa: E402


class FineMetrics(middleware.Metrics):
    """PROMETHEUS_LATENCY_BUCKETS does not reach the histogram of the whole server, which is the one without labels."""

    def register_metric(self, metric_cls, name, documentation, labelnames=(), **kwargs):
        if 'latency' in name and issubclass(metric_cls, middleware.Histogram):
            kwargs['buckets'] = BUCKETS + (float('inf'),)
        return super().register_metric(metric_cls, name, documentation, labelnames, **kwargs)


class Before(middleware.PrometheusBeforeMiddleware):
    metrics_cls = FineMetrics


class After(middleware.PrometheusAfterMiddleware):
    metrics_cls = FineMetrics


def wait(request):
    time.sleep(float(request.GET['ms']) / 1000)
    return JsonResponse({'waited': request.GET['ms']})


def cpu(request):
    return JsonResponse({'checksum': compute(float(request.GET['ms']))})


def fail(request):
    return JsonResponse({'error': 'on purpose'}, status=500)


urlpatterns = [path('io', wait), path('cpu', cpu), path('fail', fail), path('', include('django_prometheus.urls'))]
application = get_wsgi_application()
