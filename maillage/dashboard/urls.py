from django.urls import path
app_name="dashboard"
urlpatterns=[path("",lambda r:None,name="my-space")]
