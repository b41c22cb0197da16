"""Django with django-prometheus, in one file, for gunicorn.
SPDX-License-Identifier: GPL-3.0-or-later"""
import time

import django
from django.conf import settings

from service import BUCKETS, compute

settings.configure(
    ALLOWED_HOSTS=['127.0.0.1'],
    INSTALLED_APPS=['django_prometheus'],
    MIDDLEWARE=['django_prometheus.middleware.PrometheusBeforeMiddleware',
                'django_prometheus.middleware.PrometheusAfterMiddleware'],
    PROMETHEUS_LATENCY_BUCKETS=BUCKETS + (float('inf'),),
    PROMETHEUS_EXPORT_MIGRATIONS=False,
    ROOT_URLCONF=__name__,
    SECRET_KEY='of a test, on loopback',
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.http import JsonResponse  # noqa: E402
from django.urls import include, path  # noqa: E402


def wait(request):
    time.sleep(float(request.GET['ms']) / 1000)
    return JsonResponse({'waited': request.GET['ms']})


def cpu(request):
    return JsonResponse({'checksum': compute(float(request.GET['ms']))})


def fail(request):
    return JsonResponse({'error': 'on purpose'}, status=500)


urlpatterns = [path('io', wait), path('cpu', cpu), path('fail', fail), path('', include('django_prometheus.urls'))]
application = get_wsgi_application()
