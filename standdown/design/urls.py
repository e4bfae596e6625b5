from django.urls import path

from standdown.design import views

app_name = "design"

urlpatterns = [path("", views.catalogue, name="catalogue"), path("<slug:page>/", views.catalogue, name="page")]
